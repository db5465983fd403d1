package dev.parley.turn;

import dev.parley.turn.Batches.Pending;
import dev.parley.turn.Turns.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Inputs that wait for a batch, bounded in number and in bytes. Many put, one thread takes. */
final class Inbox {
  /** Nothing to decide. */
  private static final Pending NOTHING =
      new Pending(new TurnInput.Expired(List.of()), new CompletableFuture<>());

  private final Limits limits;
  private final BlockingQueue<Pending> inputs;
  private final AtomicLong bytes = new AtomicLong();

  Inbox(Limits limits) {
    this.limits = limits;
    this.inputs = new LinkedBlockingQueue<>(limits.waiting());
  }

  /** False where there is no room. One input alone always has room, however large it is. */
  boolean offer(Pending pending) {
    int size = pending.input().bytes();
    long before = bytes.getAndAdd(size);
    boolean fits = before == 0 || before + size <= limits.waitingBytes();
    if (fits && inputs.offer(pending)) {
      return true;
    }
    bytes.addAndGet(-size);
    return false;
  }

  /** Takes back an input; false where it has been taken already. */
  boolean remove(Pending pending) {
    boolean removed = inputs.remove(pending);
    if (removed) {
      bytes.addAndGet(-pending.input().bytes());
    }
    return removed;
  }

  /** A batch of whatever waits; empty when nothing came for a while. */
  List<Pending> take() throws InterruptedException {
    var batch = new ArrayList<Pending>();
    long size = 0;
    var next = inputs.poll(100, TimeUnit.MILLISECONDS);
    while (next != null && !next.equals(NOTHING)) {
      batch.add(next);
      size += next.input().bytes();
      boolean full = batch.size() == limits.batch() || size >= limits.batchBytes();
      next = full ? null : inputs.poll();
    }
    bytes.addAndGet(-size);
    return batch;
  }

  /** Whoever takes now gets what there is, and waits no longer. */
  void wake() {
    var _ = inputs.offer(NOTHING);
  }

  List<Pending> takeAll() {
    var all = new ArrayList<Pending>();
    inputs.drainTo(all);
    all.removeIf(NOTHING::equals);
    bytes.set(0);
    return all;
  }
}
