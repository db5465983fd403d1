package dev.parley.store;

import dev.parley.message.Digest;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Write.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A table of identities in the order they came in, and those of them that readers may find. */
final class IdentityLog {
  private final Session session;
  private final String table;
  private final Write<IdentityRow> append;
  private final Map<Digest, IdentityRow> recent = new ConcurrentHashMap<>();
  private long oldest = Long.MAX_VALUE;
  private long newest;

  /** Reads what is there. */
  IdentityLog(String table, Session session) throws SQLException {
    this.session = session;
    this.table = table;
    append = insert("insert into " + table);
    new Query("select identity, message, body from " + table)
        .each(session.connection(), session.names(), to -> {}, row -> committed(row.identityRow()));
  }

  static Write<IdentityRow> insert(String intoTable) {
    return new Write<>(
        intoTable + " (identity, message, body) values (?, ?, ?)",
        (to, row) -> to.digest(row.identity()).number(row.message().value()).number(row.body()));
  }

  /** Among what is committed. */
  @Nullable IdentityRow find(Digest identity) {
    return recent.get(identity);
  }

  int size() {
    return recent.size();
  }

  void append(Collection<IdentityRow> rows) throws SQLException {
    append.all(rows, session);
  }

  /** From now on readers find it. */
  void committed(IdentityRow row) {
    recent.put(row.identity(), row);
    oldest = Math.min(oldest, row.message().value());
    newest = Math.max(newest, row.message().value());
  }

  /** Without a condition, so that SQLite drops whole pages rather than rows. */
  void empty() throws SQLException {
    Sql.run(session.connection(), "delete from " + table);
  }

  /** That is committed. */
  void emptied() {
    recent.clear();
    oldest = Long.MAX_VALUE;
    newest = 0;
  }

  /** Of the messages; 0 where there is none. */
  long newest() {
    return newest;
  }

  /** Whether this message is so much newer than its first one that it belongs to another log. */
  boolean isBefore(long message) {
    return size() > 0 && IdentitySlice.isPast(oldest, message);
  }

  /** Whether everything in it came before this message. */
  boolean isPast(MessageId limit) {
    return size() > 0 && newest < limit.value();
  }

  /** As a slice has them: by unsigned bytes. */
  List<IdentityRow> sorted() {
    var rows = new ArrayList<>(recent.values());
    rows.sort((a, b) -> compare(a.identity(), b.identity()));
    return rows;
  }

  private static int compare(Digest a, Digest b) {
    int high = Long.compareUnsigned(a.high(), b.high());
    return high != 0 ? high : Long.compareUnsigned(a.low(), b.low());
  }
}
