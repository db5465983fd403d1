package dev.parley.conformance.run;

import dev.parley.turn.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** One boot of a gateway in virtual time. What is asked for after its death never comes. */
final class NodeTime implements Time {
  private final VirtualTime world;
  private final List<Runnable> tasks = new CopyOnWriteArrayList<>();
  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
  private final Set<Thread> entering = new HashSet<>();
  private volatile boolean dead;

  /** Somebody who waits: true when it has come, false when it takes too long. */
  private static final class Wait {
    private final CompletableFuture<Boolean> woken = new CompletableFuture<>();
    private final Thread thread = Thread.currentThread();
    private volatile boolean forsaken;
  }

  NodeTime(VirtualTime world) {
    this.world = world;
  }

  @Override
  public Instant instant() {
    return world.now();
  }

  @Override
  public Beat every(String name, Duration tick, Runnable task) {
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** Whoever looks at the clock again and again looks now. */
  void beat() {
    tasks.forEach(Runnable::run);
  }

  @Override
  public <T> T await(CompletableFuture<T> coming, Duration most)
      throws InterruptedException, ExecutionException, TimeoutException {
    var wait = new Wait();
    waits.add(wait);
    var alarm = world.at(world.now().plus(most), () -> wake(wait, false));
    var _ = coming.whenComplete((_, _) -> wake(wait, true));
    entered();
    workEnds();
    try {
      if (!wait.woken.get()) {
        throw new TimeoutException();
      }
      return coming.get();
    } catch (InterruptedException e) {
      // Whoever would have woken it would have begun its work.
      if (wait.woken.complete(false)) {
        workBegins();
      }
      throw e;
    } catch (ExecutionException e) {
      if (wait.woken.isCompletedExceptionally()) {
        throw new InterruptedException("The node is gone");
      }
      throw e;
    } finally {
      alarm.cancel();
      waits.remove(wait);
    }
  }

  private void wake(Wait wait, boolean came) {
    if (dead) {
      return;
    }
    if (wait.forsaken) {
      wait.woken.complete(came);
      return;
    }
    workBegins();
    if (!wait.woken.complete(came)) {
      workEnds();
    }
  }

  /** Nobody waits any more for what this thread waits for: when it goes on, that is no work. */
  void forsake(Thread thread) {
    waits.stream().filter(w -> w.thread.equals(thread)).forEach(w -> w.forsaken = true);
  }

  @Override
  public void workBegins() {
    world.begin();
  }

  @Override
  public void workEnds() {
    world.end();
  }

  /**
   * This thread hands something in and will wait for what comes of it: death waits for that, for
   * what came before it is told, however slow the thread is, and what comes after it is not.
   */
  void enters() {
    synchronized (entering) {
      entering.add(Thread.currentThread());
    }
  }

  private void entered() {
    synchronized (entering) {
      entering.remove(Thread.currentThread());
      entering.notifyAll();
    }
  }

  void die() {
    synchronized (entering) {
      try {
        while (!entering.isEmpty()) {
          entering.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      dead = true;
    }
  }

  boolean isDead() {
    return dead;
  }

  /** Whoever waits still on a dead node goes: nothing will come any more. */
  void dismiss() {
    var gone = new IllegalStateException("The node is gone");
    for (var wait : waits) {
      if (wait.forsaken) {
        wait.woken.completeExceptionally(gone);
        continue;
      }
      workBegins();
      if (!wait.woken.completeExceptionally(gone)) {
        workEnds();
      }
    }
  }
}
