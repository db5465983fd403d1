package dev.parley.http;

import dev.parley.store.Store;
import dev.parley.turn.Deployments;
import dev.parley.turn.Turns;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/**
 * What every address of REST works with.
 *
 * @param readers threads on which the store may be read
 * @param maxBytes of a payload
 * @param validate whether bodies are held to their schema
 */
record Desk(Intake intake, ExecutorService readers, long maxBytes, boolean validate) {
  /** On a thread that may read the store. */
  <T> T read(Supplier<T> reading) {
    return CompletableFuture.supplyAsync(reading, readers).join();
  }

  Turns turns() {
    return intake.turns();
  }

  Store store() {
    return turns().store();
  }

  Deployments deployments() {
    return turns().deployments();
  }
}
