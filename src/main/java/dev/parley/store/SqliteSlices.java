package dev.parley.store;

import dev.parley.message.Digest;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Write.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Slices of identities, on the connection that commits. */
final class SqliteSlices {
  private final Session session;
  private final int capacity;
  private final IdentitySlices slices;
  private Write<IdentityRow> merge;

  // Of the transaction under way.
  private @Nullable IdentitySlice next;

  /** Reads what is there: of a closed slice its filter, of the open one its rows. */
  SqliteSlices(Session session, int logCapacity) throws SQLException {
    this.session = session;
    capacity = IdentitySlice.ROWS_PER_LOGGED * logCapacity;
    slices = new IdentitySlices(read());
    merge = merge(slices.open());
  }

  private List<IdentitySlice> read() throws SQLException {
    var found = new ArrayList<IdentitySlice>();
    try (var all = new Query("select id, rows, newest, filter from identity_slice order by id")) {
      all.each(
          session.connection(),
          session.names(),
          to -> {},
          row -> found.add(slice(row.number(), row.small(), row.number(), row.bytesOrNull())));
    }
    if (found.isEmpty()) {
      var opened = IdentitySlice.open(1, capacity);
      Sql.run(
          session.connection(),
          "begin immediate;" + creation(opened) + ";" + registration(opened) + ";commit");
      found.add(opened);
    } else {
      readRows(found.getLast());
    }
    return found;
  }

  private IdentitySlice slice(long number, int rows, long newest, byte @Nullable [] filter) {
    return filter == null
        ? IdentitySlice.open(number, capacity)
        : IdentitySlice.closed(number, rows, newest, filter);
  }

  private void readRows(IdentitySlice open) throws SQLException {
    try (var all = new Query("select identity, message, body from " + open.table())) {
      all.each(
          session.connection(),
          session.names(),
          to -> {},
          row -> {
            var one = List.of(row.identityRow());
            open.announce(one);
            open.add(one);
          });
    }
  }

  List<IdentitySlice> mayHold(Digest identity) {
    return slices.mayHold(identity);
  }

  IdentitySlice open() {
    return slices.open();
  }

  /** Whether the open one is full, or a message came too long after it was opened. */
  boolean isToBeFollowed(long message) {
    return slices.open().isToBeFollowed(capacity, message);
  }

  long rows() {
    return slices.rows();
  }

  boolean isIn(IdentitySlice slice, Digest identity) throws SQLException {
    try (var query = lookUp(slice)) {
      return isFound(query, identity);
    }
  }

  /** How many of these, from the first one on, are in the open slice. */
  int leadingRows(List<IdentityRow> rows) throws SQLException {
    int count = 0;
    try (var query = lookUp(slices.open())) {
      while (count < rows.size() && isFound(query, rows.get(count).identity())) {
        count++;
      }
    }
    return count;
  }

  private boolean isFound(Query query, Digest identity) throws SQLException {
    boolean[] found = {false};
    query.each(
        session.connection(), session.names(), to -> to.digest(identity), row -> found[0] = true);
    return found[0];
  }

  static Query lookUp(IdentitySlice slice) {
    return new Query(
        "select identity, message, body from " + slice.table() + " where identity = ?");
  }

  /** In the transaction under way. A row may be there already: how far a merge was is guessed. */
  void merge(List<IdentityRow> rows) throws SQLException {
    (next == null ? slices.open() : next).announce(rows);
    merge.all(rows, session);
  }

  /** In the transaction under way: the open slice is closed, and another one opened. */
  void roll() throws SQLException {
    var closed = slices.open().closed();
    var opened = IdentitySlice.open(closed.number() + 1, capacity);
    Sql.run(session.connection(), creation(opened) + ";" + registration(opened));
    try (var close =
        new Write<IdentitySlice>(
            "update identity_slice set rows = ?, newest = ?, filter = ? where id = ?",
            (to, s) ->
                to.number(s.rows()).number(s.newest()).bytes(s.filter()).number(s.number()))) {
      close.all(List.of(closed), session);
    }
    merge.close();
    merge = merge(opened);
    next = opened;
  }

  /** In the transaction under way; nobody reads them any more. */
  void drop(IdentitySlice slice) throws SQLException {
    Sql.run(
        session.connection(),
        "drop table %s; delete from identity_slice where id = %d"
            .formatted(slice.table(), slice.number()));
  }

  /** Those that can go, hidden from whoever asks from now on. */
  List<IdentitySlice> hidePast(MessageId before, long most) {
    var past = slices.past(before, most);
    slices.hide(past);
    return past;
  }

  void committed(List<IdentityRow> merged) {
    var opened = next;
    if (opened != null) {
      slices.roll(slices.open().closed(), opened);
      next = null;
    }
    slices.open().add(merged);
  }

  void rolledBack() {
    if (next != null) {
      next = null;
      merge = merge(slices.open());
    }
  }

  private static Write<IdentityRow> merge(IdentitySlice into) {
    return IdentityLog.insert("insert or ignore into " + into.table());
  }

  private static String creation(IdentitySlice slice) {
    return "create table %s (identity blob primary key, message integer not null,"
            .formatted(slice.table())
        + " body integer not null) without rowid";
  }

  private static String registration(IdentitySlice slice) {
    return "insert into identity_slice (id) values (%d)".formatted(slice.number());
  }
}
