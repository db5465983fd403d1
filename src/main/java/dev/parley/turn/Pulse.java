package dev.parley.turn;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A thread that does the same thing again and again; a platform one, since it reads the store. */
final class Pulse implements Time.Beat {
  private final Duration tick;
  private final Runnable task;
  private final Thread thread;
  private volatile boolean running = true;

  private Pulse(String name, Duration tick, Runnable task) {
    this.tick = tick;
    this.task = task;
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
  }

  static Pulse start(String name, Duration tick, Runnable task) {
    var pulse = new Pulse(name, tick, task);
    pulse.thread.start();
    return pulse;
  }

  private void run() {
    while (running) {
      task.run();
      LockSupport.parkNanos(tick.toNanos());
    }
  }

  @Override
  public void close() {
    running = false;
    LockSupport.unpark(thread);
  }
}
