package dev.parley.conformance.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How long it takes from a kill until the gateway serves, and until it answers. */
final class RecoveryClock {
  private final List<Long> serving = new ArrayList<>();
  private final List<Long> answering = new ArrayList<>();
  private long killed;
  private boolean awaitsServing;
  private boolean awaitsAnswer;

  synchronized void killed() {
    // A gateway that was killed again while it started has not recovered from the kill before.
    if (!awaitsServing) {
      killed = System.nanoTime();
    }
    awaitsServing = true;
    awaitsAnswer = false;
  }

  synchronized void serves() {
    if (awaitsServing) {
      serving.add(millis());
      awaitsServing = false;
      awaitsAnswer = true;
    }
  }

  synchronized void answered() {
    if (awaitsAnswer) {
      answering.add(millis());
      awaitsAnswer = false;
    }
  }

  private long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - killed);
  }

  synchronized CrashReport.Times untilServing() {
    return CrashReport.Times.of(serving);
  }

  synchronized CrashReport.Times untilAnswer() {
    return CrashReport.Times.of(answering);
  }
}
