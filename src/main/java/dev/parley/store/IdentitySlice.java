package dev.parley.store;

import dev.parley.message.Digest;
import dev.parley.message.Id;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.IdentityRow;
import java.time.Duration;
import java.util.Collection;

/**
 * A table of identities that came in one after another, and in memory what tells without a query
 * that one is not among them. A slice is filled, closed, and at last dropped whole.
 */
final class IdentitySlice {
  /** Of one slice; also how long an identity may be remembered past its time. */
  static final long SPAN_MILLIS = Duration.ofDays(1).toMillis();

  /** Rows of a full slice for each of a full log. */
  static final int ROWS_PER_LOGGED = 16;

  private static final int BITS_PER_ROW = 16;
  private static final int PROBES = 5;
  private static final int LEAST_BITS = 64;

  private final long number;
  private final DigestBits filter;
  private int rows;
  private long oldest = Long.MAX_VALUE;
  private long newest;

  private IdentitySlice(long number, DigestBits filter) {
    this.number = number;
    this.filter = filter;
  }

  /** An empty one for about so many rows; more are taken, but told apart less well. */
  static IdentitySlice open(long number, int capacity) {
    return new IdentitySlice(number, new DigestBits(bits(2 * capacity), PROBES));
  }

  /** One that is not written to any more, as it was stored. */
  static IdentitySlice closed(long number, int rows, long newest, byte[] filter) {
    var slice = new IdentitySlice(number, DigestBits.ofBytes(filter, PROBES));
    slice.rows = rows;
    slice.newest = newest;
    return slice;
  }

  /** The same, with no more bits than its rows need. */
  IdentitySlice closed() {
    var closed = new IdentitySlice(number, filter.folded(Math.min(filter.size(), bits(rows))));
    closed.rows = rows;
    closed.oldest = oldest;
    closed.newest = newest;
    return closed;
  }

  /** From 8 to 16 for each row. */
  private static int bits(int rows) {
    return Math.max(LEAST_BITS, Integer.highestOneBit(Math.max(1, rows) * BITS_PER_ROW));
  }

  long number() {
    return number;
  }

  String table() {
    return "identity_" + number;
  }

  int rows() {
    return rows;
  }

  /** The newest message with an identity in it; 0 while it is empty. */
  long newest() {
    return newest;
  }

  byte[] filter() {
    return filter.toBytes();
  }

  boolean mayHold(Digest identity) {
    return filter.mayHold(identity);
  }

  /** Before they are committed; whether they will be does not matter. */
  void announce(Collection<IdentityRow> coming) {
    coming.forEach(row -> filter.add(row.identity()));
  }

  /** They are committed. */
  void add(Collection<IdentityRow> committed) {
    for (var row : committed) {
      oldest = Math.min(oldest, row.message().value());
      newest = Math.max(newest, row.message().value());
    }
    rows += committed.size();
  }

  /** Whether it is full, or its first message came so long before this one. */
  boolean isToBeFollowed(int capacity, long message) {
    return rows >= capacity || (rows > 0 && isPast(oldest, message));
  }

  /** Whether everything in it came before this message. */
  boolean isPast(MessageId limit) {
    return rows > 0 && newest < limit.value();
  }

  /** Whether a message came so long after an older one that they do not share a slice. */
  static boolean isPast(long oldest, long message) {
    return Id.millis(message) - Id.millis(oldest) > SPAN_MILLIS;
  }
}
