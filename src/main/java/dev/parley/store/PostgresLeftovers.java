package dev.parley.store;

import dev.parley.message.Id;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Removes rows in transactions of its own; the writer waits meanwhile. */
final class PostgresLeftovers implements Leftovers {
  private static final String THESE = "id = any (?)";

  private record Settled(long id, boolean isAlone) {}

  private final Consumer<Runnable> exclusively;
  private final PostgresWriter writer;
  private final PostgresReader views;
  private final PostgresIdentities identities;

  /**
   * Of a store.
   *
   * @param exclusively runs something while nobody else writes
   * @param views reads what is found before it is removed
   */
  PostgresLeftovers(
      Consumer<Runnable> exclusively,
      PostgresWriter writer,
      PostgresReader views,
      PostgresIdentities identities) {
    this.exclusively = exclusively;
    this.writer = writer;
    this.views = views;
    this.identities = identities;
  }

  @Override
  public void forgetIdentities(MessageId before, long most) {
    List<IdentitySlice> past = new ArrayList<>();
    exclusively.accept(
        () -> {
          if (identities.isOpenPast(before)) {
            writer.rollIdentities(() -> identities.isOpenPast(before));
          }
          past.addAll(identities.hidePast(before, most));
        });
    for (var slice : past) {
      write(
          PostgresTransaction.slicing(
              connection -> PostgresIdentities.drop(slice, connection), slice.number()));
    }
  }

  @Override
  public int forgetAnswers(Instant before, int limit) {
    var old = ids("answers", LeftoverSql.OLD_ANSWERS, to -> to.instant(before).number(limit));
    write(old, LeftoverSql.FORGET_ANSWER + THESE, WriteSet::ofMessages);
    return old.size();
  }

  @Override
  public Optional<Instant> answersWithin(long most, long mostBytes) {
    return views
        .list(
            "answers",
            LeftoverSql.ANSWERS_OVER,
            to -> to.number(most).number(mostBytes),
            row -> row.instant().plusMillis(1))
        .stream()
        .findFirst();
  }

  @Override
  public Optional<MessageId> deleteUntaken(MessageId after, MessageId before, int limit) {
    var found =
        ids(
            "messages",
            LeftoverSql.UNTAKEN,
            to -> to.number(after.value()).number(before.value()).number(limit));
    write(found, LeftoverSql.DELETE_UNTAKEN + THESE, WriteSet::ofMessages);
    return last(found);
  }

  @Override
  public List<InstanceId> ended(Instant before, InstanceId after, int limit) {
    return views.list(
        "instances",
        LeftoverSql.ENDED,
        to -> to.instant(before).number(after.value()).number(Id.first(before)).number(limit),
        Row::instance);
  }

  @Override
  public void delete(List<Ended> instances) {
    if (instances.isEmpty()) {
      return;
    }
    write(
        PostgresTransaction.removing(
            connection -> deleteAll(instances, connection), () -> WriteSet.ofEnded(instances)));
  }

  private static void deleteAll(List<Ended> instances, Connection connection) throws SQLException {
    var ended = deleteEnded(instances, connection);
    var ids = ended.stream().map(e -> e.instance().value()).toList();
    for (var table : LeftoverSql.WITH_INSTANCE) {
      run("delete from %s where instance = any (?)".formatted(table), ids, connection);
    }
    var turns = ended.stream().flatMap(e -> e.turns().stream()).toList();
    run("delete from history where " + THESE, turns, connection);
    var messages =
        ended.stream().flatMap(e -> e.messages().stream()).map(MessageId::value).toList();
    run(LeftoverSql.DELETE_TAKEN + THESE, messages, connection);
  }

  private static List<Ended> deleteEnded(List<Ended> instances, Connection connection)
      throws SQLException {
    var deleted = new ArrayList<Long>();
    try (var statement =
        connection.prepareStatement(LeftoverSql.DELETE_ENDED + THESE + " returning id")) {
      var ids = instances.stream().map(e -> e.instance().value()).sorted().toArray(Long[]::new);
      statement.setArray(1, connection.createArrayOf("int8", ids));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          deleted.add(rows.getLong(1));
        }
      }
    }
    return instances.stream().filter(e -> deleted.contains(e.instance().value())).toList();
  }

  @Override
  public Optional<MessageId> deleteSettled(MessageId after, MessageId before, int limit) {
    var found =
        views.list(
            "outbound messages",
            LeftoverSql.SETTLED,
            to -> to.number(after.value()).number(before.value()).number(limit),
            row -> new Settled(row.number(), row.small() == 0));
    write(
        found.stream().filter(Settled::isAlone).map(Settled::id).toList(),
        LeftoverSql.DELETE_SETTLED + THESE,
        WriteSet::ofOutbox);
    return last(found.stream().map(Settled::id).toList());
  }

  private List<Long> ids(String what, String sql, PostgresReader.Binder binder) {
    return views.list(what, sql, binder, Row::number);
  }

  private void write(
      Collection<Long> ids, String sql, Function<Collection<Long>, WriteSet> removed) {
    if (!ids.isEmpty()) {
      write(
          PostgresTransaction.removing(
              connection -> run(sql, ids, connection), () -> removed.apply(ids)));
    }
  }

  private void write(PostgresTransaction work) {
    exclusively.accept(() -> writer.transact(work));
  }

  private static void run(String sql, Collection<Long> ids, Connection connection)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      statement.setArray(1, connection.createArrayOf("int8", ids.toArray(Long[]::new)));
      statement.executeUpdate();
    }
  }

  private static Optional<MessageId> last(List<Long> ids) {
    return ids.isEmpty() ? Optional.empty() : Optional.of(new MessageId(ids.getLast()));
  }
}
