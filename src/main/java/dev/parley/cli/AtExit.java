package dev.parley.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what it was given, the last one first, when a command is over or is interrupted. */
final class AtExit implements AutoCloseable {
  private final Deque<Closeable> open = new ArrayDeque<>();
  private final Thread hook = Thread.ofPlatform().name("parley-exit").unstarted(this::closeAll);

  AtExit() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  synchronized <C extends Closeable> C closes(C closeable) {
    open.push(closeable);
    return closeable;
  }

  private synchronized void closeAll() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The user has interrupted the command: the hook runs already, and finds nothing to do.
      return;
    }
  }
}
