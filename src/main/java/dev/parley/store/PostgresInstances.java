package dev.parley.store;

import static dev.parley.store.PostgresColumn.big;
import static dev.parley.store.PostgresColumn.bytes;
import static dev.parley.store.PostgresColumn.digest;
import static dev.parley.store.PostgresColumn.small;

import dev.parley.message.Blob;
import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.KeyRow;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.TimerRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Writes instances and what they wait for. */
final class PostgresInstances {

  private record Item(InstanceId instance, long number, Blob value) {}

  private static final List<PostgresColumn<InstanceRow>> INSTANCE =
      List.of(
          big("id", r -> r.id().value()),
          big("history", InstanceRow::history),
          small("definition", InstanceRow::definition),
          small("version", InstanceRow::version),
          small("status", r -> Codes.STATUS.of(r.status())),
          bytes("state", r -> r.state().bytes()));

  private static final List<PostgresColumn<TimerRow>> TIMER =
      List.of(
          big("due", r -> r.dueAt().toEpochMilli()),
          big("instance", r -> r.instance().value()),
          big("timer", TimerRow::timer));

  private final PostgresWrite<InstanceRow> newInstance = PostgresWrite.insert("instance", INSTANCE);

  private final PostgresWrite<InstanceRow> changedInstance =
      PostgresWrite.update("instance", INSTANCE, "and t.version = g.version - 1");

  private final PostgresWrite<Item> item =
      PostgresWrite.insert(
          "item",
          List.of(
              big("instance", r -> r.instance().value()),
              big("item", Item::number),
              bytes("value", r -> r.value().bytes())),
          "on conflict (instance, item) do update set value = excluded.value");

  private final PostgresWrite<Item> goneItem =
      PostgresWrite.delete(
          "item", List.of(big("instance", r -> r.instance().value()), big("item", Item::number)));

  private final PostgresWrite<KeyRow> key =
      PostgresWrite.insert(
          "key",
          List.of(digest("key", KeyRow::key), big("instance", r -> r.instance().value())),
          "on conflict (key) do update set instance = excluded.instance");

  private final PostgresWrite<TimerRow> newTimer = PostgresWrite.insert("timer", TIMER);
  private final PostgresWrite<TimerRow> goneTimer = PostgresWrite.delete("timer", TIMER);

  private final PostgresWrite<HistoryRow> history =
      PostgresWrite.insert(
          "history",
          List.of(
              big("id", HistoryRow::id),
              big("instance", r -> r.instance().value()),
              big("previous", HistoryRow::previous),
              big("at", r -> r.at().toEpochMilli()),
              bytes("turn", r -> r.turn().bytes())));

  private final PostgresWrite<SubscriptionRow> newSubscription;
  private final PostgresWrite<SubscriptionRow> goneSubscription;

  PostgresInstances(PostgresNames names) {
    List<PostgresColumn<SubscriptionRow>> subscription =
        List.of(
            digest("key", r -> r.slot().key()),
            small("operation", r -> names.number(r.slot().operation())),
            small("kind", r -> Codes.KIND.of(r.slot().kind())),
            big("instance", r -> r.instance().value()),
            big("token", SubscriptionRow::token));
    newSubscription = PostgresWrite.insert("subscription", subscription);
    goneSubscription = PostgresWrite.delete("subscription", subscription);
  }

  /**
   * Instances come first, by id: whoever has them has their items, subscriptions and timers. Throws
   * StoreException when an instance does not have the version it was read with.
   */
  void write(Batch batch, Connection to) throws SQLException {
    newInstance.all(sorted(batch.newInstances()), to);
    var changed = batch.changedInstances();
    int found = changedInstance.all(changed, to);
    if (found != changed.size()) {
      throw StoreException.lostRace(
          "Expected %d instances to have the versions they were read with, but found %d: %s"
              .formatted(
                  changed.size(), found, changed.stream().map(InstanceRow::id).limit(9).toList()));
    }
    writeItems(batch.newInstances(), to);
    writeItems(changed, to);
    goneSubscription.all(batch.goneSubscriptions(), to);
    newSubscription.all(batch.newSubscriptions(), to);
    key.all(sorted(batch.keys(), KeyRow::key), to);
    goneTimer.all(batch.goneTimers(), to);
    newTimer.all(batch.newTimers(), to);
    history.all(batch.history(), to);
  }

  /** In the order that every writer keeps. */
  static <R> List<R> sorted(Collection<R> rows, Function<R, Digest> by) {
    return rows.stream().sorted(Comparator.comparing(r -> by.apply(r).toString())).toList();
  }

  private static List<InstanceRow> sorted(List<InstanceRow> rows) {
    return rows.stream().sorted(Comparator.comparing(InstanceRow::id)).toList();
  }

  private void writeItems(List<InstanceRow> rows, Connection to) throws SQLException {
    var there = new ArrayList<Item>();
    var gone = new ArrayList<Item>();
    for (var row : rows) {
      row.items()
          .forEach(
              (number, value) ->
                  (value.isEmpty() ? gone : there).add(new Item(row.id(), number, value)));
    }
    item.all(there, to);
    goneItem.all(gone, to);
  }
}
