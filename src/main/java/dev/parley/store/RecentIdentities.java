package dev.parley.store;

import dev.parley.message.Digest;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Write.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest identities, in two log tables that take turns and in memory: one is appended to, while
 * the other one, full, is merged into table identity, a slice with each commit.
 *
 * <p>Identities are hashes: inserted one by one, each dirties a page of its own, and writing dirty
 * pages is most of what a commit costs. A log's page takes more than a hundred, and a slice in the
 * table's order finds several of its rows in one page.
 */
final class RecentIdentities {
  /** Some seven for each page of a table of half a million; about 4 MiB of memory a log. */
  static final int CAPACITY = 32_768;

  private static final int SLICES = 128;

  /** Two MiB. */
  private static final int TABLE_BITS = 1 << 24;

  /** Reading more than this at the start would keep the gateway from serving for long. */
  private static final int MOST_READ = 1_000_000;

  private final Session session;
  private final int capacity;
  private final IdentityLog first;
  private final IdentityLog second;
  private final Query older = new Query("select message from identity where identity = ?");
  private final Query all = new Query("select identity from identity limit ?");
  private final DigestBits inTable = new DigestBits(TABLE_BITS);

  // A row may be there already: see resume().
  private final Write<IdentityRow> merge = IdentityLog.insert("insert or ignore into identity");

  private IdentityLog active;
  private IdentityLog full;
  private List<IdentityRow> toMerge = List.of();
  private int merged;

  // Of the transaction under way.
  private final Map<Digest, IdentityRow> appended = new LinkedHashMap<>();
  private int mergedThen;

  /** Reads what is there; the session is the one that commits. */
  RecentIdentities(Session session, int capacity) throws SQLException {
    this.session = session;
    this.capacity = capacity;
    first = new IdentityLog("identity_log_a", session);
    second = new IdentityLog("identity_log_b", session);
    active = first;
    full = second;
    readTable();
    resume();
  }

  private void readTable() throws SQLException {
    int[] rows = {0};
    all.each(
        session.connection(),
        session.names(),
        to -> to.number(MOST_READ),
        row -> {
          inTable.add(row.digest());
          rows[0]++;
        });
    if (rows[0] == MOST_READ) {
      inTable.addAll();
    }
  }

  /**
   * Whether the table may have it: asked after {@link #find}, for a row is marked before it is
   * committed there, and leaves the logs later.
   */
  boolean mayBeInTable(Digest identity) {
    return inTable.mayHold(identity);
  }

  /**
   * Who bears an identity that was committed lately. What is in neither log when it is asked for is
   * in the table, if it is anywhere: ask the table thereafter, never before.
   */
  @Nullable MessageId find(Digest identity) {
    var message = first.recent().get(identity);
    return message != null ? message : second.recent().get(identity);
  }

  /** Writes them, and some older ones where they belong. Throws StoreException for a known one. */
  void write(Collection<IdentityRow> rows) throws SQLException {
    for (var row : rows) {
      if (appended.putIfAbsent(row.identity(), row) != null || isKnown(row.identity())) {
        throw StoreException.lostRace("The identity " + row.identity() + " is there already.");
      }
    }
    active.append(rows);
    mergeSome(rows.size());
  }

  /** What the transaction has written is what readers find. */
  void committed() {
    appended.values().forEach(row -> active.recent().put(row.identity(), row.message()));
    appended.clear();
    merged = mergedThen;
    if (merged == toMerge.size()) {
      // Only now: until the rows are committed in the table, readers find them here or nowhere.
      full.recent().clear();
      toMerge = List.of();
      merged = 0;
      mergedThen = 0;
      if (active.size() >= capacity) {
        takeTurns();
      }
    }
  }

  void rolledBack() {
    appended.clear();
    mergedThen = merged;
  }

  private boolean isKnown(Digest identity) throws SQLException {
    return find(identity) != null || isInTable(identity);
  }

  private boolean isInTable(Digest identity) throws SQLException {
    if (!inTable.mayHold(identity)) {
      return false;
    }
    var bearer = new ArrayList<MessageId>(1);
    older.each(
        session.connection(),
        session.names(),
        to -> to.digest(identity),
        row -> bearer.add(row.messageId()));
    return !bearer.isEmpty();
  }

  // Which log was being merged, and how far, is not written down: it is the one with more rows,
  // since merging is faster than appending, and its first rows are in the table.
  private void resume() throws SQLException {
    if (second.size() > first.size()) {
      swap();
    }
    takeTurns();
    merged = leadingRowsInTable();
    mergedThen = merged;
    if (merged == 0 && active.size() == 0 && full.size() < capacity) {
      swap();
      toMerge = List.of();
    }
  }

  private int leadingRowsInTable() throws SQLException {
    int count = 0;
    while (count < toMerge.size() && isInTable(toMerge.get(count).identity())) {
      count++;
    }
    return count;
  }

  // Two for each that comes in: one log is merged before the other one is full.
  private void mergeSome(int added) throws SQLException {
    if (toMerge.isEmpty()) {
      return;
    }
    int rows = Math.max(2 * added, Math.max(1, capacity / SLICES));
    mergedThen = Math.min(toMerge.size(), merged + rows);
    var slice = toMerge.subList(merged, mergedThen);
    slice.forEach(row -> inTable.add(row.identity()));
    merge.all(slice, session);
    if (mergedThen == toMerge.size()) {
      full.empty();
    }
  }

  private void takeTurns() {
    swap();
    toMerge = full.sorted();
  }

  private void swap() {
    var other = full;
    full = active;
    active = other;
  }
}
