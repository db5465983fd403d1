package dev.parley.conformance.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Threads that hold one conversation after another. */
final class Load {
  private final Conversation.Surroundings around;
  private final List<Thread> workers = new ArrayList<>();
  private volatile boolean goesOn = true;

  Load(int threads, long seed, Conversation.Surroundings around) {
    this.around = around;
    var seeds = new SplittableRandom(seed);
    for (int worker = 0; worker < threads; worker++) {
      String name = "w" + worker;
      var random = seeds.split();
      workers.add(
          Thread.ofPlatform()
              .name("crash-load-" + name)
              .daemon()
              .start(() -> converse(name, random)));
    }
  }

  private void converse(String worker, RandomGenerator random) {
    try {
      for (int i = 1; goesOn; i++) {
        new Conversation(worker + "-" + i, random, around).run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("A conversation failed", e.getCause());
    }
  }

  /** Begins no more conversations and waits for those under way; whether all came to their end. */
  boolean finish(long withinMillis) throws InterruptedException {
    goesOn = false;
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(withinMillis);
    for (var worker : workers) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      worker.join(Math.max(1, left));
    }
    return workers.stream().noneMatch(Thread::isAlive);
  }

  /** Gives up. */
  void abort() {
    goesOn = false;
    workers.forEach(Thread::interrupt);
  }
}
