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
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where messages belong: look-ups by identity, key, slot and time. One query for each value: SQLite
 * runs in this process, so a round trip costs less than a longer statement.
 */
final class SqliteReads {
  private final Reader reader;
  private final RecentIdentities recent;
  private final WaitingFilter filter;
  static final String QUEUES =
      "select process, operation, kind, count(*), sum(length(body)) from message where state = 0"
          + " group by process, operation, kind";

  private final Query subscription =
      new Query(
          "select instance, token from subscription"
              + " where key = ? and operation = ? and kind = ? order by instance, token");

  private final Query key = new Query("select instance from key where key = ?");

  private final Query waiting =
      new Query(
          "select message from waiting where key = ? and operation = ? and kind = ?"
              + " order by message limit ?");

  private final Query waitingUnder =
      new Query("select key, operation, kind, message from waiting where key = ? order by message");

  private final Query waitingOf =
      new Query("select key, operation, kind, message from waiting where message = ?");

  private final Query expired =
      new Query(
          "select key, operation, kind, message from"
              + " (select id, expires_at from message where state = 0 and expires_at <= ?"
              + " order by expires_at, id limit ?)"
              + " join waiting on message = id order by expires_at, id, key, operation, kind");

  private final Query queues = new Query(QUEUES);

  private final Query firstWaiting =
      new Query(
          "select id from message where state = 0"
              + " and process = (select id from name where text = ?)"
              + " and operation = (select id from name where text = ?)"
              + " and kind = ? order by id limit ?");

  private final Query timer =
      new Query(
          "select due, instance, timer from timer where due <= ?"
              + " order by due, instance, timer limit ?");

  SqliteReads(Reader reader, RecentIdentities recent, WaitingFilter filter) {
    this.reader = reader;
    this.recent = recent;
    this.filter = filter;
  }

  Map<Digest, IdentityRow> identities(Collection<Digest> identities) {
    var found = new HashMap<Digest, IdentityRow>();
    var older = new ArrayList<Digest>();
    for (var digest : identities) {
      var row = recent.find(digest);
      if (row != null) {
        found.put(digest, row);
      } else if (!recent.slicesWith(digest).isEmpty()) {
        older.add(digest);
      }
    }
    if (older.isEmpty()) {
      return found;
    }
    return reader.read(
        "identities",
        () -> {
          // Asked again here, where no slice is dropped, and before the first query, which fixes
          // the state of the tables for the others.
          var slices = older.stream().map(recent::slicesWith).toList();
          for (int i = 0; i < older.size(); i++) {
            for (var slice : slices.get(i)) {
              find(older.get(i), slice, found);
            }
          }
          return found;
        });
  }

  /** Within the reader. What is in several slices is found in the newest one. */
  private void find(Digest digest, IdentitySlice slice, Map<Digest, IdentityRow> found)
      throws SQLException {
    try (var query = SqliteSlices.lookUp(slice)) {
      reader.each(query, to -> to.digest(digest), row -> found.put(digest, row.identityRow()));
    }
  }

  List<SubscriptionRow> subscriptions(Collection<Slot> slots) {
    return reader.read(
        "subscriptions",
        () -> {
          var found = new ArrayList<SubscriptionRow>();
          for (var slot : slots) {
            reader.each(
                subscription,
                to -> to.slotToFind(slot),
                row -> found.add(new SubscriptionRow(slot, row.instance(), row.number())));
          }
          return found;
        });
  }

  List<KeyRow> keys(Collection<Digest> keys) {
    return reader.read(
        "keys",
        () -> {
          var found = new ArrayList<KeyRow>();
          for (var digest : keys) {
            reader.each(
                key, to -> to.digest(digest), row -> found.add(new KeyRow(digest, row.instance())));
          }
          return found;
        });
  }

  List<WaitingRow> waiting(Collection<Slot> slots, int limit) {
    if (slots.stream().noneMatch(slot -> filter.mayWait(slot.key()))) {
      return List.of();
    }
    return reader.read(
        "waiting messages",
        () -> {
          var found = new ArrayList<WaitingRow>();
          for (var slot : slots) {
            reader.each(
                waiting,
                to -> to.slotToFind(slot).number(limit),
                row -> found.add(new WaitingRow(slot, row.messageId())));
          }
          return found;
        });
  }

  List<WaitingRow> waitingUnder(Collection<Digest> keys) {
    if (keys.stream().noneMatch(filter::mayWait)) {
      return List.of();
    }
    return reader.read(
        "waiting messages",
        () -> {
          var found = new ArrayList<WaitingRow>();
          for (var digest : keys) {
            reader.each(
                waitingUnder,
                to -> to.digest(digest),
                row -> found.add(new WaitingRow(row.slot(), row.messageId())));
          }
          return found;
        });
  }

  List<WaitingRow> waitingOf(MessageId message) {
    return reader.read(
        "waiting messages",
        () -> {
          var found = new ArrayList<WaitingRow>();
          reader.each(
              waitingOf,
              to -> to.number(message.value()),
              row -> found.add(new WaitingRow(row.slot(), row.messageId())));
          return found;
        });
  }

  List<WaitingRow> expired(Instant now, int limit) {
    return reader.read(
        "expired messages",
        () -> {
          var found = new ArrayList<WaitingRow>();
          reader.each(
              expired,
              to -> to.instant(now).number(limit),
              row -> found.add(new WaitingRow(row.slot(), row.messageId())));
          return found;
        });
  }

  List<QueueRow> queues() {
    return reader.read(
        "queues",
        () -> {
          var found = new ArrayList<QueueRow>();
          reader.each(queues, _ -> {}, row -> found.add(row.queueRow()));
          return found;
        });
  }

  List<MessageId> firstWaiting(QueueName queue, int limit) {
    return reader.read(
        "waiting messages",
        () -> {
          var found = new ArrayList<MessageId>();
          reader.each(
              firstWaiting,
              to ->
                  to.text(queue.process())
                      .text(KnownNames.text(queue.operation()))
                      .number(Codes.KIND.of(queue.kind()))
                      .number(limit),
              row -> found.add(row.messageId()));
          return found;
        });
  }

  List<TimerRow> dueTimers(Instant now, int limit) {
    return reader.read(
        "timers",
        () -> {
          var found = new ArrayList<TimerRow>();
          reader.each(
              timer,
              to -> to.instant(now).number(limit),
              row -> found.add(new TimerRow(row.instant(), row.instance(), row.number())));
          return found;
        });
  }
}
