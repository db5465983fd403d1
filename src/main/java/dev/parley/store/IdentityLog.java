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

/** A table of identities in the order they came in, and those of them that readers may find. */
final class IdentityLog {
  private final Session session;
  private final String table;
  private final Write<IdentityRow> append;
  private final Map<Digest, MessageId> recent = new ConcurrentHashMap<>();

  /** Reads what is there. */
  IdentityLog(String table, Session session) throws SQLException {
    this.session = session;
    this.table = table;
    append = insert("insert into " + table);
    new Query("select identity, message from " + table)
        .each(
            session.connection(),
            session.names(),
            to -> {},
            row -> recent.putIfAbsent(row.digest(), row.messageId()));
  }

  static Write<IdentityRow> insert(String intoTable) {
    return new Write<>(
        intoTable + " (identity, message) values (?, ?)",
        (to, row) -> to.digest(row.identity()).number(row.message().value()));
  }

  /** What is committed. */
  Map<Digest, MessageId> recent() {
    return recent;
  }

  int size() {
    return recent.size();
  }

  void append(Collection<IdentityRow> rows) throws SQLException {
    append.all(rows, session);
  }

  /** Without a condition, so that SQLite drops whole pages rather than rows. */
  void empty() throws SQLException {
    Sql.run(session.connection(), "delete from " + table);
  }

  /** As table identity has them: by unsigned bytes. */
  List<IdentityRow> sorted() {
    var rows = new ArrayList<IdentityRow>(recent.size());
    recent.forEach((identity, message) -> rows.add(new IdentityRow(identity, message)));
    rows.sort((a, b) -> compare(a.identity(), b.identity()));
    return rows;
  }

  private static int compare(Digest a, Digest b) {
    int high = Long.compareUnsigned(a.high(), b.high());
    return high != 0 ? high : Long.compareUnsigned(a.low(), b.low());
  }
}
