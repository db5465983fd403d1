package dev.parley.store;

import dev.parley.message.Id;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Write.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Removes rows in transactions of its own; the writer waits meanwhile. */
final class SqliteLeftovers implements Leftovers {
  private final Consumer<SqliteWriter.Work> writing;
  private final Session session;
  private final Reader views;
  private final Query oldAnswers = new Query(LeftoverSql.OLD_ANSWERS);
  private final Query answersOver = new Query(LeftoverSql.ANSWERS_OVER);
  private final Query untaken = new Query(LeftoverSql.UNTAKEN);
  private final Query ended = new Query(LeftoverSql.ENDED);
  private final Query settled = new Query(LeftoverSql.SETTLED);
  private final Write<Long> forgetAnswer = byId(LeftoverSql.FORGET_ANSWER + "id = ?");
  private final Write<Long> deleteUntaken = byId(LeftoverSql.DELETE_UNTAKEN + "id = ?");
  private final Write<Long> deleteSettled = byId(LeftoverSql.DELETE_SETTLED + "id = ?");
  private final Write<Long> deleteEnded = byId(LeftoverSql.DELETE_ENDED + "id = ?");
  private final Write<Long> deleteTurn = byId("delete from history where id = ?");
  private final Write<Long> deleteTaken = byId(LeftoverSql.DELETE_TAKEN + "id = ?");
  private final List<Write<Long>> deleteRows =
      LeftoverSql.WITH_INSTANCE.stream()
          .map(table -> byId("delete from %s where instance = ?".formatted(table)))
          .toList();

  private final SqliteForgetting forgetting;

  /**
   * Of a store.
   *
   * @param writing runs something in a transaction, while nobody else writes
   * @param views reads what is found before it is removed
   */
  SqliteLeftovers(
      Consumer<SqliteWriter.Work> writing,
      Session session,
      Reader views,
      SqliteForgetting forgetting) {
    this.writing = writing;
    this.session = session;
    this.views = views;
    this.forgetting = forgetting;
  }

  private static Write<Long> byId(String sql) {
    return new Write<>(sql, (to, id) -> to.number(id));
  }

  @Override
  public void forgetIdentities(MessageId before, long most) {
    forgetting.forget(before, most);
  }

  @Override
  public int forgetAnswers(Instant before, int limit) {
    var old = ids("answers", oldAnswers, to -> to.instant(before).number(limit));
    write(old, forgetAnswer);
    return old.size();
  }

  @Override
  public Optional<Instant> answersWithin(long most, long mostBytes) {
    var over = new ArrayList<Instant>(1);
    views.read(
        "answers",
        () -> {
          views.each(
              answersOver,
              to -> to.number(most).number(mostBytes),
              row -> over.add(row.instant().plusMillis(1)));
          return over;
        });
    return over.stream().findFirst();
  }

  @Override
  public Optional<MessageId> deleteUntaken(MessageId after, MessageId before, int limit) {
    var found =
        ids(
            "messages",
            untaken,
            to -> to.number(after.value()).number(before.value()).number(limit));
    write(found, deleteUntaken);
    return last(found);
  }

  @Override
  public List<InstanceId> ended(Instant before, InstanceId after, int limit) {
    return ids(
            "instances",
            ended,
            to -> to.instant(before).number(after.value()).number(Id.first(before)).number(limit))
        .stream()
        .map(InstanceId::new)
        .toList();
  }

  @Override
  public void delete(List<Ended> instances) {
    writing.accept(
        () -> {
          var ids = instances.stream().map(e -> e.instance().value()).toList();
          int[] counts = deleteEnded.all(ids, session);
          for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 1) {
              deleteWith(instances.get(i));
            }
          }
        });
  }

  private void deleteWith(Ended instance) throws SQLException {
    for (var rows : deleteRows) {
      rows.all(List.of(instance.instance().value()), session);
    }
    deleteTurn.all(instance.turns(), session);
    deleteTaken.all(instance.messages().stream().map(MessageId::value).toList(), session);
  }

  @Override
  public Optional<MessageId> deleteSettled(MessageId after, MessageId before, int limit) {
    var found = new ArrayList<Long>();
    var alone = new ArrayList<Long>();
    views.read(
        "outbound messages",
        () -> {
          views.each(
              settled,
              to -> to.number(after.value()).number(before.value()).number(limit),
              row -> {
                long id = row.number();
                found.add(id);
                if (row.small() == 0) {
                  alone.add(id);
                }
              });
          return found;
        });
    write(alone, deleteSettled);
    return last(found);
  }

  private List<Long> ids(String what, Query query, Query.Binder binder) {
    return views.read(
        what,
        () -> {
          var ids = new ArrayList<Long>();
          views.each(query, binder, row -> ids.add(row.number()));
          return ids;
        });
  }

  private void write(Collection<Long> ids, Write<Long> statement) {
    if (!ids.isEmpty()) {
      writing.accept(() -> statement.all(ids, session));
    }
  }

  private static Optional<MessageId> last(List<Long> ids) {
    return ids.isEmpty() ? Optional.empty() : Optional.of(new MessageId(ids.getLast()));
  }
}
