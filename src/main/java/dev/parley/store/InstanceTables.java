package dev.parley.store;

import dev.parley.message.Blob;
import dev.parley.message.InstanceId;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.store.Rows.KeyRow;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.Write.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes instances and what they wait for. */
final class InstanceTables {

  private record Item(InstanceId instance, long number, Blob value) {}

  private final Write<InstanceRow> newInstance =
      new Write<>(
          "insert into instance (version, history, state, definition, status, id)"
              + " values (?, ?, ?, ?, ?, ?)",
          (to, row) -> state(to, row).number(row.id().value()));

  // Setting a column of the index over live instances rewrites the index, even to the same value.
  private final Write<InstanceRow> sameDefinition =
      new Write<>(
          "update instance set version = ?, history = ?, state = ?"
              + " where definition = ? and status = ? and id = ? and version = ?",
          (to, row) -> state(to, row).number(row.id().value()).number(row.version() - 1L));

  private final Write<InstanceRow> changedInstance =
      new Write<>(
          "update instance set version = ?, history = ?, state = ?, definition = ?, status = ?"
              + " where id = ? and version = ?",
          (to, row) -> state(to, row).number(row.id().value()).number(row.version() - 1L));

  private final Write<Item> item =
      new Write<>(
          "insert into item (instance, item, value) values (?, ?, ?)"
              + " on conflict (instance, item) do update set value = excluded.value",
          (to, row) -> to.instance(row.instance()).number(row.number()).bytes(row.value().bytes()));

  private final Write<Item> goneItem =
      new Write<>(
          "delete from item where instance = ? and item = ?",
          (to, row) -> to.instance(row.instance()).number(row.number()));

  private final Write<SubscriptionRow> newSubscription =
      new Write<>(
          "insert into subscription (key, operation, kind, instance, token)"
              + " values (?, ?, ?, ?, ?)",
          (to, row) -> subscription(to, row));

  private final Write<SubscriptionRow> goneSubscription =
      new Write<>(
          "delete from subscription where key = ? and operation = ? and kind = ?"
              + " and instance = ? and token = ?",
          (to, row) -> subscription(to, row));

  private final Write<KeyRow> key =
      new Write<>(
          "insert into key (key, instance) values (?, ?)"
              + " on conflict (key) do update set instance = excluded.instance",
          (to, row) -> to.digest(row.key()).instance(row.instance()));

  private final Write<TimerRow> newTimer =
      new Write<>(
          "insert into timer (due, instance, timer) values (?, ?, ?)", InstanceTables::timer);

  private final Write<TimerRow> goneTimer =
      new Write<>(
          "delete from timer where due = ? and instance = ? and timer = ?", InstanceTables::timer);

  private final Write<HistoryRow> history =
      new Write<>(
          "insert into history (id, instance, previous, at, turn) values (?, ?, ?, ?, ?)",
          InstanceTables::turn);

  private final Session session;

  InstanceTables(Session session) {
    this.session = session;
  }

  /** Throws StoreException when an instance does not have the version it was read with. */
  void write(Batch batch) throws SQLException {
    newInstance.all(batch.newInstances(), session);
    change(batch.changedInstances());
    writeItems(batch.newInstances());
    writeItems(batch.changedInstances());
    // What goes comes first: a row may be replaced by its like.
    goneSubscription.all(batch.goneSubscriptions(), session);
    newSubscription.all(batch.newSubscriptions(), session);
    key.all(batch.keys(), session);
    goneTimer.all(batch.goneTimers(), session);
    newTimer.all(batch.newTimers(), session);
    history.all(batch.history(), session);
  }

  private void change(List<InstanceRow> rows) throws SQLException {
    var live = new ArrayList<InstanceRow>();
    var others = new ArrayList<InstanceRow>();
    for (var row : rows) {
      (row.status() == InstanceStatus.LIVE ? live : others).add(row);
    }
    others.addAll(unchanged(live, sameDefinition.all(live, session)));
    for (var row : unchanged(others, changedInstance.all(others, session))) {
      throw StoreException.lostRace(
          "Expected instance %s to have version %d, but it was changed meanwhile or is missing."
              .formatted(row.id(), row.version() - 1));
    }
  }

  private static List<InstanceRow> unchanged(List<InstanceRow> rows, int[] counts) {
    var unchanged = new ArrayList<InstanceRow>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 1) {
        unchanged.add(rows.get(i));
      }
    }
    return unchanged;
  }

  private void writeItems(List<InstanceRow> rows) throws SQLException {
    var items = new ArrayList<Item>();
    var gone = new ArrayList<Item>();
    for (var row : rows) {
      row.items()
          .forEach(
              (number, value) ->
                  (value.isEmpty() ? gone : items).add(new Item(row.id(), number, value)));
    }
    item.all(items, session);
    goneItem.all(gone, session);
  }

  private static Parameters state(Parameters to, InstanceRow row) throws SQLException {
    return to.number(row.version())
        .number(row.history())
        .bytes(row.state().bytes())
        .number(row.definition())
        .number(Codes.STATUS.of(row.status()));
  }

  private static void subscription(Parameters to, SubscriptionRow row) throws SQLException {
    to.slot(row.slot()).instance(row.instance()).number(row.token());
  }

  private static void timer(Parameters to, TimerRow row) throws SQLException {
    to.instant(row.dueAt()).instance(row.instance()).number(row.timer());
  }

  private static void turn(Parameters to, HistoryRow row) throws SQLException {
    to.number(row.id())
        .instance(row.instance())
        .number(row.previous())
        .instant(row.at())
        .bytes(row.turn().bytes());
  }
}
