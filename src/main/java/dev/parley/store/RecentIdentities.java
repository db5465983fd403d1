package dev.parley.store;

import dev.parley.message.Digest;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Write.Session;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest identities, in two log tables that take turns and in memory: one is appended to, while
 * the other one, full, is merged into the open slice, a part with each commit.
 *
 * <p>Identities are hashes: inserted one by one, each dirties a page of its own, and writing dirty
 * pages is most of what a commit costs. A log's page takes about a hundred, and a part in the
 * slice's order finds several of its rows in one page.
 */
final class RecentIdentities {
  /** Some ten for each page of a slice that is half full; about 4 MiB of memory a log. */
  static final int CAPACITY = 32_768;

  private static final int PARTS = 128;

  private final int capacity;
  private final IdentityLog first;
  private final IdentityLog second;
  private final SqliteSlices slices;

  private IdentityLog active;
  private IdentityLog full;
  private List<IdentityRow> toMerge = List.of();
  private int merged;
  private volatile long count;

  // Of the transaction under way.
  private final Map<Digest, IdentityRow> appended = new LinkedHashMap<>();
  private int mergedThen;
  private boolean clearsActive;
  private boolean clearsFull;

  /** Reads what is there; the session is the one that commits. */
  RecentIdentities(Session session, int capacity) throws SQLException {
    this.capacity = capacity;
    first = new IdentityLog("identity_log_a", session);
    second = new IdentityLog("identity_log_b", session);
    active = first;
    full = second;
    slices = new SqliteSlices(session, capacity);
    resume();
    recount();
  }

  /** How many are remembered. */
  long count() {
    return count;
  }

  /**
   * The slices that may have it: asked after {@link #find}, for a row is announced there before it
   * is committed, and leaves the logs later.
   */
  List<IdentitySlice> slicesWith(Digest identity) {
    return slices.mayHold(identity);
  }

  /**
   * An identity that was committed lately. What is in neither log when it is asked for is in a
   * slice, if it is anywhere: ask those thereafter, never before.
   */
  @Nullable IdentityRow find(Digest identity) {
    var row = first.find(identity);
    return row != null ? row : second.find(identity);
  }

  /** Writes them, and some older ones where they belong. Throws StoreException for a known one. */
  void write(Collection<IdentityRow> rows) throws SQLException {
    for (var row : rows) {
      if (appended.putIfAbsent(row.identity(), row) != null || isKnown(row.identity())) {
        throw StoreException.lostRace("The identity " + row.identity() + " is there already.");
      }
    }
    if (toMerge.isEmpty() && rows.stream().anyMatch(r -> active.isBefore(r.message().value()))) {
      takeTurns();
    }
    active.append(rows);
    mergeSome(rows.size());
  }

  /** Whether {@link #forget} has something to do. */
  boolean hasPast(MessageId before) {
    return active.isPast(before) || full.isPast(before) || slices.open().isPast(before);
  }

  /**
   * Forgets whole logs of them, and closes a slice that can then go: writes in the transaction
   * under way.
   */
  void forget(MessageId before) throws SQLException {
    clearsActive = active.isPast(before);
    clearsFull = full.isPast(before);
    if (clearsActive) {
      active.empty();
    }
    if (clearsFull) {
      full.empty();
    }
    if (slices.open().isPast(before) && (clearsFull || toMerge.isEmpty())) {
      slices.roll();
    }
  }

  SqliteSlices slices() {
    return slices;
  }

  /** What the transaction has written is what readers find. */
  void committed() {
    slices.committed(toMerge.subList(merged, mergedThen));
    appended.values().forEach(active::committed);
    appended.clear();
    merged = mergedThen;
    if (clearsActive) {
      active.emptied();
    }
    if (clearsFull || (merged > 0 && merged == toMerge.size())) {
      // Only now: until the rows are committed in the slice, readers find them here or nowhere.
      full.emptied();
      toMerge = List.of();
      merged = 0;
      mergedThen = 0;
    }
    clearsActive = false;
    clearsFull = false;
    if (toMerge.isEmpty() && active.size() >= capacity) {
      takeTurns();
    }
    recount();
  }

  void rolledBack() {
    appended.clear();
    mergedThen = merged;
    clearsActive = false;
    clearsFull = false;
    slices.rolledBack();
  }

  private void recount() {
    count = slices.rows() + active.size() + full.size() - merged;
  }

  private boolean isKnown(Digest identity) throws SQLException {
    if (find(identity) != null) {
      return true;
    }
    for (var slice : slices.mayHold(identity)) {
      if (slices.isIn(slice, identity)) {
        return true;
      }
    }
    return false;
  }

  // Which log was being merged, and how far, is not written down: it is the one with more rows,
  // since merging is faster than appending, and its first rows are in the open slice.
  private void resume() throws SQLException {
    if (second.size() > first.size()) {
      swap();
    }
    takeTurns();
    merged = slices.leadingRows(toMerge);
    mergedThen = merged;
    if (merged == 0 && active.size() == 0 && full.size() < capacity) {
      swap();
      toMerge = List.of();
    }
  }

  // Two for each that comes in: one log is merged before the other one is full.
  private void mergeSome(int added) throws SQLException {
    if (toMerge.isEmpty()) {
      return;
    }
    if (merged == 0 && slices.isToBeFollowed(full.newest())) {
      slices.roll();
    }
    int rows = Math.max(2 * added, Math.max(1, capacity / PARTS));
    mergedThen = Math.min(toMerge.size(), merged + rows);
    slices.merge(toMerge.subList(merged, mergedThen));
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
