package dev.parley.store;

import static dev.parley.store.PostgresColumn.big;
import static dev.parley.store.PostgresColumn.digest;

import dev.parley.message.Digest;
import dev.parley.message.MessageId;
import dev.parley.store.PostgresCommitLog.Identities;
import dev.parley.store.Rows.IdentityRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Identities in slices: written to the open one, looked up where one may be. What other gateways
 * write is known here when it has been heard of; until then it refuses whatever rests on its
 * absence.
 */
final class PostgresIdentities {
  static final int CAPACITY = 1 << 19;

  private static final int ROWS_AT_ONCE = 10_000;
  private static final List<PostgresColumn<IdentityRow>> COLUMNS =
      List.of(
          big("message", r -> r.message().value()),
          big("body", IdentityRow::body),
          digest("identity", IdentityRow::identity));

  private final IdentitySlices slices;
  // Held while a slice is hidden, so that nobody is on the way to it when it is dropped.
  private final ReadWriteLock hiding = new ReentrantReadWriteLock();

  // Of the transaction under way; seen by the thread that writes alone.
  private final List<IdentityRow> written = new ArrayList<>();
  private long into;
  private @Nullable IdentitySlice next;

  /** Number of the newest commit whose identities are known. */
  private long heard;

  /**
   * Reads what is there: of a closed slice its filter, of the open one its rows.
   *
   * @param opened number of the newest commit that the connection sees
   */
  PostgresIdentities(Connection connection, long opened) throws SQLException {
    heard = opened;
    var found = new ArrayList<IdentitySlice>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select id, rows, newest, filter from identity_slice order by id")) {
      while (rows.next()) {
        byte[] filter = rows.getBytes(4);
        found.add(
            filter == null
                ? IdentitySlice.open(rows.getLong(1), CAPACITY)
                : IdentitySlice.closed(rows.getLong(1), rows.getInt(2), rows.getLong(3), filter));
      }
    }
    readRows(found.getLast(), connection);
    slices = new IdentitySlices(found);
  }

  private static void readRows(IdentitySlice open, Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.setFetchSize(ROWS_AT_ONCE);
      try (var rows =
          statement.executeQuery("select message, body, identity from " + open.table())) {
        while (rows.next()) {
          var one =
              List.of(
                  new IdentityRow(
                      Digest.ofBytes(rows.getBytes(3)),
                      new MessageId(rows.getLong(1)),
                      rows.getLong(2)));
          open.announce(one);
          open.add(one);
        }
      }
    }
  }

  long count() {
    return slices.rows();
  }

  /** No query for what is surely unknown: most identities are. */
  Map<Digest, IdentityRow> find(Collection<Digest> identities, PostgresReader reader) {
    var found = new HashMap<Digest, IdentityRow>();
    hiding.readLock().lock();
    try {
      candidates(identities)
          .forEach(
              (slice, digests) ->
                  reader
                      .listIfThere(
                          "identities", lookUp(slice), to -> to.digests(digests), Row::identityRow)
                      .forEach(row -> found.put(row.identity(), row)));
    } finally {
      hiding.readLock().unlock();
    }
    return found;
  }

  /** Oldest slice first: the newest one that has an identity is the last to be asked. */
  private Map<IdentitySlice, List<Digest>> candidates(Collection<Digest> identities) {
    var candidates = new LinkedHashMap<IdentitySlice, List<Digest>>();
    for (var digest : identities) {
      for (var slice : slices.mayHold(digest)) {
        candidates.computeIfAbsent(slice, _ -> new ArrayList<>()).add(digest);
      }
    }
    return candidates;
  }

  private static String lookUp(IdentitySlice slice) {
    return "select identity, message, body from " + slice.table() + " where identity = any (?)";
  }

  /** Throws StoreException for a known one. */
  void write(List<IdentityRow> rows, Connection to) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    refuseKnown(rows, to);
    var open = announced(rows);
    PostgresWrite.insert(open.table(), COLUMNS).all(rows, to);
    into = open.number();
    written.addAll(rows);
  }

  private synchronized IdentitySlice announced(List<IdentityRow> rows) {
    slices.open().announce(rows);
    return slices.open();
  }

  /** What the transaction under way has written, and where to. */
  Identities written() {
    return new Identities(written, next == null ? into : next.number());
  }

  /** The open slice's table refuses its own. */
  private void refuseKnown(List<IdentityRow> rows, Connection to) throws SQLException {
    var known = candidates(rows.stream().map(IdentityRow::identity).toList());
    known.remove(slices.open());
    for (var candidate : known.entrySet()) {
      try (var statement = to.prepareStatement(lookUp(candidate.getKey()))) {
        byte[][] digests =
            candidate.getValue().stream().map(Digest::toBytes).toArray(byte[][]::new);
        statement.setArray(1, to.createArrayOf("bytea", digests));
        try (var found = statement.executeQuery()) {
          if (found.next()) {
            throw StoreException.lostRace("An identity of the batch is there already.");
          }
        }
      }
    }
  }

  /** Whether the open slice could go, were it closed. */
  synchronized boolean isOpenPast(MessageId before) {
    return slices.open().isPast(before);
  }

  /** Whether the open slice is full, or too old for these. */
  synchronized boolean isToBeFollowed(List<IdentityRow> rows) {
    return rows.stream().mapToLong(row -> row.message().value()).max().stream()
        .anyMatch(newest -> slices.open().isToBeFollowed(CAPACITY, newest));
  }

  /**
   * In the transaction under way: the open slice is closed, and another one opened, if that is
   * still due when everything has been heard. Nobody commits meanwhile.
   *
   * @param boot of this gateway
   */
  void roll(BooleanSupplier isDue, int boot, Connection connection) throws SQLException {
    long pruned = PostgresLink.number(connection, "select pruned from gateway for update");
    long newest = PostgresLink.number(connection, "select commits from gateway");
    if (heard() < pruned) {
      throw PostgresCommitLog.behind();
    }
    hear(PostgresCommitLog.identities(heard(), boot, connection), newest);
    if (isDue.getAsBoolean()) {
      roll(connection);
    }
  }

  private synchronized long heard() {
    return heard;
  }

  private synchronized void roll(Connection connection) throws SQLException {
    var closed = slices.open().closed();
    var opened = IdentitySlice.open(closed.number() + 1, CAPACITY);
    Sql.execute(connection, creation(opened));
    try (var close =
        connection.prepareStatement(
            "update identity_slice set rows = ?, newest = ?, filter = ? where id = ?")) {
      close.setInt(1, closed.rows());
      close.setLong(2, closed.newest());
      close.setBytes(3, closed.filter());
      close.setLong(4, closed.number());
      close.executeUpdate();
    }
    next = opened;
  }

  /**
   * What others have written is known from now on; each commit counts once.
   *
   * @param upTo number of the last commit that is known now, whoever's
   */
  synchronized void hear(List<LoggedCommit> commits, long upTo) {
    commits.stream().filter(commit -> commit.number() > heard).forEach(this::hear);
    heard = Math.max(heard, upTo);
  }

  private void hear(LoggedCommit commit) {
    if (commit.slice() > slices.open().number()) {
      open(commit.slice());
    }
    slices
        .at(commit.slice())
        .ifPresent(
            slice -> {
              slice.announce(commit.identities());
              slice.add(commit.identities());
            });
    if (commit.dropped() != 0) {
      hide(slices.at(commit.dropped()).stream().toList());
    }
  }

  private void open(long number) {
    slices.roll(slices.open().closed(), IdentitySlice.open(number, CAPACITY));
  }

  /** Those that can go; nobody is sent there any more. */
  synchronized List<IdentitySlice> hidePast(MessageId before, long most) {
    var past = slices.past(before, most);
    hide(past);
    return past;
  }

  private void hide(List<IdentitySlice> gone) {
    hiding.writeLock().lock();
    try {
      slices.hide(gone);
    } finally {
      hiding.writeLock().unlock();
    }
  }

  /** In the transaction under way. */
  static void drop(IdentitySlice slice, Connection connection) throws SQLException {
    Sql.execute(
        connection,
        "drop table if exists %s; delete from identity_slice where id = %d"
            .formatted(slice.table(), slice.number()));
  }

  synchronized void committed() {
    // Others may have written to it, and have been heard, before this is known here.
    if (next != null && next.number() > slices.open().number()) {
      open(next.number());
    }
    slices.at(into).ifPresent(slice -> slice.add(written));
    rolledBack();
  }

  void rolledBack() {
    next = null;
    into = 0;
    written.clear();
  }

  private static String creation(IdentitySlice slice) {
    return ("create table %1$s (message bigint not null, body bigint not null,"
            + " identity bytea primary key); insert into identity_slice (id) values (%2$d);"
            + " update gateway set slice = %2$d where id = 1")
        .formatted(slice.table(), slice.number());
  }
}
