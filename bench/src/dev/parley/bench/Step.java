package dev.parley.bench;

import dev.parley.message.Digest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** One message that an instance takes; its caller waits until it is committed. */
final class Step {
  static final int INSTANCES = 100_000;
  static final byte[] BODY = bytes(1024);
  static final byte[] ITEM = bytes(1024);
  static final byte[] STATE = bytes(300);
  static final byte[] TURN = bytes(60);

  private static final AtomicLong IDS = new AtomicLong(10_000_000);
  private static final Digest[] KEYS = keys();

  final long id = IDS.incrementAndGet();
  final Digest identity =
      new Digest(ThreadLocalRandom.current().nextLong(), ThreadLocalRandom.current().nextLong());
  final long instance;
  final CountDownLatch committed = new CountDownLatch(1);

  // Set by whoever decides.
  long token;
  int version;

  private Step(long instance) {
    this.instance = instance;
  }

  /** A caller keeps to instances of its own, so that no two steps under way meet in one. */
  static Step random(int caller, int callers) {
    long mine = ThreadLocalRandom.current().nextInt(INSTANCES / callers);
    return new Step(1 + mine * callers + caller);
  }

  Digest key() {
    return key(instance);
  }

  static Digest key(long instance) {
    return KEYS[(int) instance];
  }

  private static Digest[] keys() {
    var keys = new Digest[INSTANCES + 1];
    for (int i = 0; i <= INSTANCES; i++) {
      keys[i] = Digest.of("key", "" + i);
    }
    return keys;
  }

  private static byte[] bytes(int length) {
    var bytes = new byte[length];
    ThreadLocalRandom.current().nextBytes(bytes);
    return bytes;
  }
}
