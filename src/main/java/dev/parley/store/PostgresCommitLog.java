package dev.parley.store;

import dev.parley.store.PostgresSession.Boot;
import dev.parley.store.PostgresTransaction.Told;
import dev.parley.store.Rows.IdentityRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers the commits of all gateways, refuses what rests on something that another one has written
 * meanwhile, and tells the others. For the thread that writes.
 */
final class PostgresCommitLog {
  /** Older rows are removed: whoever has not heard of them in that time has been gone. */
  static final int KEPT = 10_000;

  private static final int PIECE = 500;

  /**
   * From here to COMMIT one gateway after the other. The statement that waited for another's lock
   * sees the row as that one left it, but no other row: those need a statement of their own.
   */
  private static final String MARK =
      "with g as (update gateway set commits = commits + 1 where id = 1"
          + " returning commits, gateways, pruned, slice)"
          + " update boot set batch = ? from g where boot.id = ? and boot.ended_at is null"
          + " returning g.commits, g.gateways, g.pruned, g.slice";

  private static final String TELL =
      "with l as (insert into commit_log (number, boot, slice, dropped, written, news, identities)"
          + " values (?, ?, ?, ?, ?, ?, ?)) select pg_notify(?, ?)";

  /** After a number, of others than a boot. */
  static final String WRITTEN =
      "select number, written from commit_log where number > ? and boot <> ? order by number";

  private static final String PRUNE =
      "with l as (delete from commit_log where number <= ?)"
          + " update gateway set pruned = greatest(pruned, ?) where id = 1";

  private final Boot boot;

  /** Newest number that is this gateway's own, or that it has seen. */
  private long seen;

  /** Newest number that may be another's. */
  private long others;

  private long own;

  /**
   * Of a gateway.
   *
   * @param opened number of the newest commit
   */
  PostgresCommitLog(Boot boot, long opened) {
    this.boot = boot;
    seen = opened;
    others = opened;
  }

  /** What a commit's number came with. */
  private record Mark(long number, int gateways, long pruned, long slice) {}

  /** What identities a transaction writes: they must go to the slice that is open. */
  record Identities(List<IdentityRow> rows, long slice) {}

  /**
   * The last statements of a transaction. Throws StoreException where it is not to be committed.
   *
   * @param batch its number among this boot's
   */
  void end(
      PostgresTransaction transaction, Identities identities, long batch, Connection connection)
      throws SQLException {
    var mark = mark(batch, connection);
    own = mark.number();
    if (own - 1 > seen) {
      others = own - 1;
      seen = others;
    }
    if (identities.slice() != 0 && identities.slice() != mark.slice()) {
      throw StoreException.lostRace("Another gateway has opened another slice of identities.");
    }
    var reads = transaction.reads();
    if (others > reads.since()) {
      check(reads, mark, connection);
    }
    if (mark.gateways() > 1) {
      var told = transaction.told().get();
      tell(boot, boot.id(), logged(told, identities), connection);
      prune(connection);
    }
  }

  private LoggedCommit logged(Told told, Identities identities) {
    var news = told.news();
    return new LoggedCommit(
        new News(own, news.at(), news.answered(), news.queues(), news.deployed()),
        told.written(),
        identities.slice(),
        told.dropped(),
        identities.rows());
  }

  /** The number is this gateway's. */
  void committed() {
    seen = own;
  }

  private Mark mark(long batch, Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement(MARK)) {
      statement.setLong(1, batch);
      statement.setInt(2, boot.id());
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw takenForEnded();
        }
        return new Mark(rows.getLong(1), rows.getInt(2), rows.getLong(3), rows.getLong(4));
      }
    }
  }

  static StoreException takenForEnded() {
    return StoreException.broken(
        "commit",
        new IllegalStateException(
            "this gateway was away, and another one has taken over; start it again"));
  }

  static StoreException lost(long first) {
    return StoreException.lostRace("Commit %d was first.".formatted(first));
  }

  static StoreException behind() {
    return StoreException.broken(
        "follow other gateways",
        new IllegalStateException("they have committed too much meanwhile; start it again"));
  }

  private void check(ReadSet reads, Mark mark, Connection connection) throws SQLException {
    if (reads.since() < mark.pruned()) {
      throw StoreException.lostRace("Too much has been committed since.");
    }
    try (var statement = connection.prepareStatement(WRITTEN)) {
      statement.setLong(1, reads.since());
      statement.setInt(2, boot.id());
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          if (reads.meets(WriteSet.ofBytes(rows.getBytes(2)))) {
            throw lost(rows.getLong(1));
          }
        }
      }
    }
  }

  /** Of these rows nobody who is up has need. */
  private void prune(Connection connection) throws SQLException {
    if (own % PIECE != 0 || own <= KEPT) {
      return;
    }
    try (var statement = connection.prepareStatement(PRUNE)) {
      statement.setLong(1, own - KEPT);
      statement.setLong(2, own - KEPT);
      statement.executeUpdate();
    }
  }

  /**
   * In a transaction that has the number: others are told when it is committed.
   *
   * @param teller boot id; who has it does not hear of it; 0: all hear
   */
  static void tell(Boot boot, int teller, LoggedCommit commit, Connection connection)
      throws SQLException {
    try (var statement = connection.prepareStatement(TELL)) {
      statement.setLong(1, commit.number());
      statement.setInt(2, teller);
      setOrNull(statement, 3, commit.slice());
      setOrNull(statement, 4, commit.dropped());
      statement.setBytes(5, commit.written().toBytes());
      statement.setBytes(6, commit.newsBytes());
      statement.setBytes(7, commit.identityBytes());
      statement.setString(8, boot.channel());
      statement.setString(9, Integer.toString(teller));
      statement.execute();
    }
  }

  private static void setOrNull(PreparedStatement statement, int place, long value)
      throws SQLException {
    if (value == 0) {
      statement.setNull(place, Types.BIGINT);
    } else {
      statement.setLong(place, value);
    }
  }

  /** What others have written to slices of identities, and no more of it. */
  static List<LoggedCommit> identities(long since, int boot, Connection connection)
      throws SQLException {
    var found = new ArrayList<LoggedCommit>();
    try (var statement =
        connection.prepareStatement(
            "select number, coalesce(slice, 0), coalesce(dropped, 0), identities from commit_log"
                + " where number > ? and boot <> ? order by number")) {
      statement.setLong(1, since);
      statement.setInt(2, boot);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(
              new LoggedCommit(
                  News.ofNothing(rows.getLong(1)),
                  WriteSet.none(),
                  rows.getLong(2),
                  rows.getLong(3),
                  LoggedCommit.identities(rows.getBytes(4))));
        }
      }
    }
    return found;
  }
}
