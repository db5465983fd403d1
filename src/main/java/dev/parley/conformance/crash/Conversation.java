package dev.parley.conformance.crash;

import dev.parley.conformance.crash.Entry.Event;
import dev.parley.conformance.crash.SoapSender.Outcome;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with the gateway, from its opening to its close. Each message is sent until it
 * is acknowledged; some too early, some again although they were acknowledged, some twice at once.
 */
final class Conversation {
  private static final int UNAVAILABLE = 503;

  private final String key;
  private final int steps;
  private final RandomGenerator random;
  private final Surroundings around;

  Conversation(String key, RandomGenerator random, Surroundings around) {
    this.key = key;
    this.steps = random.nextInt(2, 6);
    this.random = random;
    this.around = around;
  }

  /** What every conversation shares. */
  record Surroundings(
      Journal journal,
      SoapSender sender,
      Gate gate,
      RecoveryClock clock,
      ExecutorService threads) {}

  /** Ends early where a message was refused for good: the journal says which. */
  void run() throws InterruptedException, ExecutionException {
    boolean isEarly = random.nextInt(100) < 30;
    if ((isEarly && !send(Sent.step(key, 1))) || !send(Sent.open(key))) {
      return;
    }
    Future<Boolean> close = null;
    if (random.nextInt(100) < 25) {
      close = around.threads().submit(() -> sendOnce(Sent.close(key)));
    }
    for (int step = isEarly ? 2 : 1; step <= steps; step++) {
      if (!send(Sent.step(key, step))) {
        return;
      }
    }
    finish(close);
  }

  private void finish(@Nullable Future<Boolean> close)
      throws InterruptedException, ExecutionException {
    if (close == null) {
      send(Sent.close(key));
    } else {
      close.get();
    }
  }

  /** Until it is acknowledged, and perhaps once more; false when it was refused for good. */
  private boolean send(Sent sent) throws InterruptedException, ExecutionException {
    int chance = random.nextInt(100);
    if (chance < 5) {
      Callable<Boolean> once = () -> sendOnce(sent);
      var twin = around.threads().submit(once);
      boolean taken = sendOnce(sent);
      return twin.get() && taken;
    }
    return sendOnce(sent) && (chance >= 20 || sendOnce(sent));
  }

  private boolean sendOnce(Sent sent) throws InterruptedException {
    while (true) {
      around.gate().await();
      around.journal().write(Event.INTENT, sent, 0, "");
      var outcome = around.sender().send(sent, steps);
      switch (outcome) {
        case Outcome.Acknowledged(int status, var detail) -> {
          around.journal().write(Event.ACKNOWLEDGED, sent, status, detail);
          around.clock().answered();
          return true;
        }
        case Outcome.Refused(int status, var fault) -> {
          around.journal().write(Event.REFUSED, sent, status, fault);
          if (status != UNAVAILABLE) {
            return false;
          }
        }
        case Outcome.Unknown(var reason) -> around.journal().write(Event.UNKNOWN, sent, 0, reason);
      }
    }
  }
}
