package dev.parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Callers hand steps to the deciding thread, which hands them to the committing one. A batch is
 * whatever has been decided while the one before was committed.
 */
final class Pipeline {
  private static final int BATCH = 64;

  private final BlockingQueue<Step> inbox = new LinkedBlockingQueue<>();
  private final BlockingQueue<Step> decided = new LinkedBlockingQueue<>();
  private final Target target;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;
  private final AtomicLong steps = new AtomicLong();
  private final AtomicLong commits = new AtomicLong();

  Pipeline(Target target) {
    this.target = target;
    if (target.pipelined()) {
      threads.add(Thread.ofPlatform().start(() -> each(inbox, this::decide)));
      threads.add(Thread.ofPlatform().start(() -> each(decided, this::commit)));
    } else {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () ->
                      each(
                          inbox,
                          batch -> {
                            target.decide(batch);
                            commit(batch);
                          })));
    }
  }

  void call(Step step) {
    inbox.add(step);
    try {
      step.committed.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  long steps() {
    return steps.get();
  }

  long commits() {
    return commits.get();
  }

  void stop() throws InterruptedException {
    stopped = true;
    for (var thread : threads) {
      thread.interrupt();
      thread.join();
    }
  }

  private void decide(List<Step> batch) throws Exception {
    target.decide(batch);
    decided.addAll(batch);
  }

  private void commit(List<Step> batch) throws Exception {
    target.commit(batch);
    steps.addAndGet(batch.size());
    commits.incrementAndGet();
    for (var step : batch) {
      step.committed.countDown();
    }
  }

  @FunctionalInterface
  private interface Work {
    void on(List<Step> batch) throws Exception;
  }

  private void each(BlockingQueue<Step> queue, Work work) {
    var batch = new ArrayList<Step>();
    try {
      while (true) {
        batch.add(queue.take());
        queue.drainTo(batch, BATCH - 1);
        work.on(batch);
        batch.clear();
      }
    } catch (Exception e) {
      if (!stopped) {
        e.printStackTrace();
        System.exit(1);
      }
    }
  }
}
