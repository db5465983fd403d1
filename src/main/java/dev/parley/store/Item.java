package dev.parley.store;

import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.Slot;

/**
 * Numbers for what is read and written. Two things that share one cost a needless repetition, and
 * nothing else.
 */
final class Item {
  static final long DEPLOYMENTS = of(1, 0);
  static final long GATEWAYS = of(2, 0);

  private Item() {}

  static long identity(Digest identity) {
    return of(3, identity.high());
  }

  static long message(MessageId id) {
    return of(4, id.value());
  }

  static long subscriptions(Slot slot) {
    return of(5, slot.key().high());
  }

  static long holder(Digest key) {
    return of(6, key.high());
  }

  static long waitingUnder(Digest key) {
    return of(7, key.high());
  }

  static long waitingOf(MessageId message) {
    return of(8, message.value());
  }

  static long queue(QueueName queue) {
    var operation = queue.operation();
    var namespace = operation.interfaceName().getNamespaceURI();
    long process = queue.process().hashCode();
    return of(9, (process * 31 + namespace.hashCode()) * 31 + operation.operation().hashCode());
  }

  static long instance(InstanceId id) {
    return of(10, id.value());
  }

  static long outbox(MessageId id) {
    return of(11, id.value());
  }

  static long deadLetter(MessageId message) {
    return of(12, message.value());
  }

  /** Bits of both in every bit (the finalizer of MurmurHash3). */
  private static long of(int kind, long what) {
    long bits = what + kind * 0x9E3779B97F4A7C15L;
    bits = (bits ^ bits >>> 33) * 0xFF51AFD7ED558CCDL;
    bits = (bits ^ bits >>> 33) * 0xC4CEB9FE1A85EC53L;
    return bits ^ bits >>> 33;
  }
}
