package dev.parley.store;

import static dev.parley.store.PostgresColumn.big;
import static dev.parley.store.PostgresColumn.digest;

import dev.parley.message.Digest;
import dev.parley.message.MessageId;
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
import org.jspecify.annotations.Nullable;

/** Identities in slices: written to the open one, looked up where one may be. */
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

  // Of the transaction under way.
  private final List<IdentityRow> written = new ArrayList<>();
  private @Nullable IdentitySlice next;

  /** Reads what is there: of a closed slice its filter, of the open one its rows. */
  PostgresIdentities(Connection connection) throws SQLException {
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
    if (found.isEmpty()) {
      found.add(IdentitySlice.open(1, CAPACITY));
      Sql.execute(connection, creation(found.getFirst()));
    } else {
      readRows(found.getLast(), connection);
    }
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
                      .list(
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
    long newest = rows.stream().mapToLong(r -> r.message().value()).max().orElseThrow();
    if (slices.open().isToBeFollowed(CAPACITY, newest)) {
      roll(to);
    }
    var into = next == null ? slices.open() : next;
    into.announce(rows);
    PostgresWrite.insert(into.table(), COLUMNS).all(rows, to);
    written.addAll(rows);
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
  boolean isOpenPast(MessageId before) {
    return slices.open().isPast(before);
  }

  /** In the transaction under way: the open slice is closed, and another one opened. */
  void roll(Connection connection) throws SQLException {
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

  /** Those that can go; nobody is sent there any more. */
  List<IdentitySlice> hidePast(MessageId before, long most) {
    hiding.writeLock().lock();
    try {
      var past = slices.past(before, most);
      slices.hide(past);
      return past;
    } finally {
      hiding.writeLock().unlock();
    }
  }

  /** In the transaction under way. */
  static void drop(IdentitySlice slice, Connection connection) throws SQLException {
    Sql.execute(
        connection,
        "drop table %s; delete from identity_slice where id = %d"
            .formatted(slice.table(), slice.number()));
  }

  void committed() {
    var opened = next;
    if (opened != null) {
      slices.roll(slices.open().closed(), opened);
    }
    slices.open().add(written);
    rolledBack();
  }

  void rolledBack() {
    next = null;
    written.clear();
  }

  private static String creation(IdentitySlice slice) {
    return "create table %s (message bigint not null, body bigint not null,"
            .formatted(slice.table())
        + " identity bytea primary key); insert into identity_slice (id) values (%d)"
            .formatted(slice.number());
  }
}
