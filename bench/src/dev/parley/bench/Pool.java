package dev.parley.bench;

import dev.parley.bench.Workload.Operation;
import java.util.concurrent.ThreadLocalRandom;

/** Instances of the process {@code counter} that wait, and for which message each. */
final class Pool {
  static final long FIRST = 1_000_000_000_000L;

  private final boolean[] pinged;

  /** So many that wait for their first message. */
  Pool(int size) {
    pinged = new boolean[size];
  }

  int size() {
    return pinged.length;
  }

  static long key(int index) {
    return FIRST + index;
  }

  /** Any instance of a connection's own, which nobody else sends to at the same time. */
  int pick(int connection, int connections) {
    int own = (pinged.length - connection + connections - 1) / connections;
    return connection + connections * ThreadLocalRandom.current().nextInt(own);
  }

  /** What the instance waits for; from now on for the other one. */
  Operation next(int index) {
    pinged[index] = !pinged[index];
    return pinged[index] ? Operation.PING : Operation.PONG;
  }
}
