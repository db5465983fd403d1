package dev.parley.store;

import dev.parley.message.Digest;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.KeyRow;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.QueueRow;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.Rows.WaitingRow;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Where messages belong: look-ups by identity, key, slot and time, one statement for them all. */
final class PostgresReads {
  static final String SLOTS =
      "unnest(?::bytea[], ?::int4[], ?::int4[]) with ordinality as g (key, operation, kind, place)";
  private static final String KEYS = "unnest(?::bytea[]) with ordinality as g (key, place)";

  private final PostgresReader reader;
  private final PostgresIdentities recent;

  PostgresReads(PostgresReader reader, PostgresIdentities recent) {
    this.reader = reader;
    this.recent = recent;
  }

  Map<Digest, IdentityRow> identities(Collection<Digest> identities) {
    return recent.find(identities, reader);
  }

  List<SubscriptionRow> subscriptions(Collection<Slot> slots) {
    return reader.list(
        "subscriptions",
        "select s.key, s.operation, s.kind, s.instance, s.token from "
            + SLOTS
            + " join subscription s on (s.key, s.operation, s.kind) = (g.key, g.operation, g.kind)"
            + " order by g.place, s.instance, s.token",
        to -> to.slots(slots),
        row -> new SubscriptionRow(row.slot(), row.instance(), row.number()));
  }

  List<KeyRow> keys(Collection<Digest> keys) {
    return reader.list(
        "keys",
        "select k.key, k.instance from " + KEYS + " join key k on k.key = g.key order by g.place",
        to -> to.digests(keys),
        row -> new KeyRow(row.digest(), row.instance()));
  }

  List<WaitingRow> waiting(Collection<Slot> slots, int limit) {
    return reader.list(
        "waiting messages",
        "select g.key, g.operation, g.kind, w.message from "
            + SLOTS
            + " cross join lateral (select message, arrival from waiting q"
            + " where (q.key, q.operation, q.kind) = (g.key, g.operation, g.kind)"
            + " order by arrival limit ?) w order by g.place, w.arrival",
        to -> to.slots(slots).number(limit),
        row -> new WaitingRow(row.slot(), row.messageId()));
  }

  List<WaitingRow> waitingUnder(Collection<Digest> keys) {
    return reader.list(
        "waiting messages",
        "select w.key, w.operation, w.kind, w.message from "
            + KEYS
            + " join waiting w on w.key = g.key order by g.place, w.arrival",
        to -> to.digests(keys),
        row -> new WaitingRow(row.slot(), row.messageId()));
  }

  List<WaitingRow> waitingOf(MessageId message) {
    return reader.list(
        "waiting messages",
        "select key, operation, kind, message from waiting where message = ?",
        to -> to.number(message.value()),
        row -> new WaitingRow(row.slot(), row.messageId()));
  }

  List<WaitingRow> expired(Instant now, int limit) {
    return reader.list(
        "expired messages",
        "select key, operation, kind, message from"
            + " (select id, expires_at from message where state = 0 and expires_at <= ?"
            + " order by expires_at, id limit ?) m"
            + " join waiting on message = id order by expires_at, id, key, operation, kind",
        to -> to.instant(now).number(limit),
        row -> new WaitingRow(row.slot(), row.messageId()));
  }

  List<QueueRow> queues() {
    return reader.list("queues", SqliteReads.QUEUES, _ -> {}, Row::queueRow);
  }

  List<MessageId> firstWaiting(QueueName queue, int limit) {
    return reader.list(
        "waiting messages",
        "select id from message where state = 0 and process = ? and operation = ? and kind = ?"
            + " order by id limit ?",
        to -> to.queue(queue).number(limit),
        Row::messageId);
  }

  List<TimerRow> dueTimers(Instant now, int limit) {
    return reader.list(
        "timers",
        "select due, instance, timer from timer where due <= ?"
            + " order by due, instance, timer limit ?",
        to -> to.instant(now).number(limit),
        row -> new TimerRow(row.instant(), row.instance(), row.number()));
  }
}
