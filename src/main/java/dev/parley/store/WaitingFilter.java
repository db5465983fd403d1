package dev.parley.store;

import dev.parley.message.Digest;
import dev.parley.store.Rows.WaitingRow;
import dev.parley.store.Write.Session;
import java.sql.SQLException;
import java.util.Collection;

/**
 * Tells that surely no message waits under a key, without a query: most receives that open find
 * none. A bit for each of many keys; set when a message comes to wait, forgotten together.
 *
 * <p>Never says none to who could see a row. Its bit is set before the row is committed, in the
 * bits that readers get then; and other bits are published only between two commits, by the one
 * thread that commits, with a bit for every row that is committed. So whoever finds a bit unset did
 * so before the row was committed or after it was deleted. Who got the bits before they were
 * exchanged may miss only what was committed after he asked.
 */
final class WaitingFilter {
  static final int BITS = 1 << 20;

  private final Session session;
  private final int bits;
  private final Query keys = new Query("select key from waiting limit ?");
  private volatile DigestBits waiting;
  private int added;
  private int enough;

  /**
   * Reads what is there; the session is the one that commits.
   *
   * @param bits a power of two, at least 64
   */
  WaitingFilter(Session session, int bits) throws SQLException {
    this.session = session;
    this.bits = bits;
    waiting = read();
  }

  /** False when none does; true when one may. */
  boolean mayWait(Digest key) {
    return waiting.mayHold(key);
  }

  /** Before they are committed; whether they will be does not matter. */
  void add(Collection<WaitingRow> rows) {
    for (var row : rows) {
      waiting.add(row.slot().key());
    }
    added += rows.size();
  }

  /** Forgets the keys that nothing waits under any more, when many may be such; between commits. */
  void refresh() throws SQLException {
    if (added >= enough) {
      waiting = read();
    }
  }

  private DigestBits read() throws SQLException {
    int most = bits / 2;
    var fresh = new DigestBits(bits, 1);
    int[] rows = {0};
    keys.each(
        session.connection(),
        session.names(),
        to -> to.number(most),
        row -> {
          fresh.add(row.digest());
          rows[0]++;
        });
    if (rows[0] == most) {
      // Hardly a bit would be unset, and reading on would keep the next commit waiting for long.
      fresh.addAll();
    }
    added = 0;
    enough = Math.max(bits / 8, rows[0]);
    return fresh;
  }
}
