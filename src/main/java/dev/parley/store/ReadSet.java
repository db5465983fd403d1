package dev.parley.store;

import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.Slot;
import java.util.HashSet;
import java.util.Set;

/**
 * What a batch's decisions rest on: a commit of another gateway that wrote any of it, and that was
 * not heard of before, refuses the batch (optimistic concurrency control, validated backwards).
 * What is absent is read as well. For one thread.
 */
public final class ReadSet {
  private final long since;
  private final Set<Long> items = new HashSet<>();

  /**
   * Begins with what every decision rests on: what is deployed, and which gateways are up.
   *
   * @param since number of the newest commit of others that was heard of before anything was read
   */
  public ReadSet(long since) {
    this.since = since;
    items.add(Item.DEPLOYMENTS);
    items.add(Item.GATEWAYS);
  }

  /** Rests on nothing that others write. */
  public static ReadSet none() {
    var none = new ReadSet(Long.MAX_VALUE);
    none.items.clear();
    return none;
  }

  /** Number of the newest commit of others that was heard of before anything was read. */
  public long since() {
    return since;
  }

  /** Whether something of it was written. */
  public boolean meets(WriteSet written) {
    for (long item : written.items()) {
      if (items.contains(item)) {
        return true;
      }
    }
    return false;
  }

  public void identity(Digest identity) {
    items.add(Item.identity(identity));
  }

  public void message(MessageId id) {
    items.add(Item.message(id));
  }

  public void subscriptions(Slot slot) {
    items.add(Item.subscriptions(slot));
  }

  public void holder(Digest key) {
    items.add(Item.holder(key));
  }

  /** Whatever waits under a key. */
  public void waitingUnder(Digest key) {
    items.add(Item.waitingUnder(key));
  }

  /** Where a message waits. */
  public void waitingOf(MessageId message) {
    items.add(Item.waitingOf(message));
  }

  /** Which messages wait in a queue. */
  public void queue(QueueName queue) {
    items.add(Item.queue(queue));
  }

  public void instance(InstanceId id) {
    items.add(Item.instance(id));
  }

  public void outbox(MessageId id) {
    items.add(Item.outbox(id));
  }

  public void deadLetter(MessageId message) {
    items.add(Item.deadLetter(message));
  }
}
