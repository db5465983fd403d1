package dev.parley.store;

import dev.parley.store.PostgresSession.Boot;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What other gateways have committed, and which of them are up, as far as this one has heard. */
final class PostgresNews {
  private static final int AT_ONCE = 1000;

  /** One row at least: where the log ends, and up to where it has been pruned. */
  private static final String NEWS =
      "select g.commits, g.pruned, coalesce(l.number, 0), coalesce(l.slice, 0),"
          + " coalesce(l.dropped, 0), l.written, l.news, l.identities from gateway g"
          + " left join lateral (select * from commit_log where number > ? and boot <> ?"
          + " order by number limit %d) l on true order by l.number".formatted(AT_ONCE);

  private static final String UP = "select id from boot where ended_at is null";

  private final Boot boot;
  private final long opened;
  private long heard;
  private volatile Set<Integer> up;
  private volatile boolean behind;

  private PostgresNews(Boot boot, long opened, Set<Integer> up) {
    this.boot = boot;
    this.opened = opened;
    this.heard = opened;
    this.up = up;
  }

  /** By one state of the tables. */
  static PostgresNews read(Boot boot, Connection connection) throws SQLException {
    long opened = PostgresLink.number(connection, "select commits from gateway");
    var up = new HashSet<Integer>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(UP)) {
      while (rows.next()) {
        up.add(rows.getInt(1));
      }
    }
    return new PostgresNews(boot, opened, Set.copyOf(up));
  }

  /** Number of the newest commit when the store was opened. */
  long opened() {
    return opened;
  }

  Set<Integer> gateways() {
    return up;
  }

  private record Written(long number, WriteSet items) {}

  private record Piece(long newest, long pruned, Optional<LoggedCommit> commit) {}

  /** Of others since this was asked last; what they wrote is known to the identities by then. */
  synchronized List<News> hear(PostgresReader reader, PostgresIdentities identities) {
    var commits = new ArrayList<LoggedCommit>();
    long upTo = heard;
    int found = AT_ONCE;
    while (found == AT_ONCE) {
      var pieces = pieces(upTo, reader);
      var more = pieces.stream().flatMap(p -> p.commit().stream()).toList();
      commits.addAll(more);
      found = more.size();
      upTo = found == AT_ONCE ? more.getLast().number() : pieces.getFirst().newest();
    }
    if (commits.stream().anyMatch(c -> c.written().isOfGateways())) {
      up = Set.copyOf(reader.list("gateways", UP, _ -> {}, Row::small));
    }
    identities.hear(commits, upTo);
    heard = upTo;
    return commits.stream().map(LoggedCommit::news).toList();
  }

  private List<Piece> pieces(long since, PostgresReader reader) {
    var pieces =
        reader.list(
            "what other gateways have committed",
            NEWS,
            to -> to.number(since).number(boot.id()),
            PostgresNews::piece);
    if (pieces.getFirst().pruned() > since) {
      behind = true;
      throw PostgresCommitLog.behind();
    }
    return pieces;
  }

  /** Throws StoreException where others have written, by now, something of what was read. */
  void check(ReadSet reads, PostgresReader reader) {
    var written =
        reader.list(
            "what other gateways have committed",
            PostgresCommitLog.WRITTEN,
            to -> to.number(reads.since()).number(boot.id()),
            row -> new Written(row.number(), WriteSet.ofBytes(row.blob().bytes())));
    for (var one : written) {
      if (reads.meets(one.items())) {
        throw PostgresCommitLog.lost(one.number());
      }
    }
  }

  /** Whether something is gone that this gateway has not heard of. */
  boolean isBehind() {
    return behind;
  }

  private static Piece piece(Row row) throws SQLException {
    long newest = row.number();
    long pruned = row.number();
    long number = row.number();
    long slice = row.number();
    long dropped = row.number();
    var written = row.bytesOrNull();
    var news = row.bytesOrNull();
    var identities = row.bytesOrNull();
    if (written == null || news == null || identities == null) {
      return new Piece(newest, pruned, Optional.empty());
    }
    var commit =
        new LoggedCommit(
            LoggedCommit.news(number, news),
            WriteSet.ofBytes(written),
            slice,
            dropped,
            LoggedCommit.identities(identities));
    return new Piece(newest, pruned, Optional.of(commit));
  }
}
