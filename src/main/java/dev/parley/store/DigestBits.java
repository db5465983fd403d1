package dev.parley.store;

import dev.parley.message.Digest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A few bits for each of many digests (a Bloom filter): where one of them is unset, the digest was
 * surely never added. One thread adds.
 */
final class DigestBits {
  /**
   * Words of one piece: an array of a power of two wastes as much again where heaps have regions.
   */
  private static final int PIECE = 1 << 13;

  private final AtomicLongArray[] pieces;
  private final int words;
  private final int mask;
  private final int probes;

  /**
   * Empty.
   *
   * @param size a power of two, at least 64
   * @param probes bits for each digest
   */
  DigestBits(int size, int probes) {
    words = size / Long.SIZE;
    pieces = new AtomicLongArray[(words + PIECE - 1) / PIECE];
    Arrays.setAll(pieces, _ -> new AtomicLongArray(Math.min(words, PIECE)));
    mask = size - 1;
    this.probes = probes;
  }

  int size() {
    return mask + 1;
  }

  /** As {@link #toBytes} gave them. */
  static DigestBits ofBytes(byte[] bytes, int probes) {
    var bits = new DigestBits(bytes.length * Byte.SIZE, probes);
    var buffer = ByteBuffer.wrap(bytes);
    for (int word = 0; word < bits.words; word++) {
      bits.set(word, buffer.getLong());
    }
    return bits;
  }

  byte[] toBytes() {
    var buffer = ByteBuffer.allocate(words * Long.BYTES);
    for (int word = 0; word < words; word++) {
      buffer.putLong(get(word));
    }
    return buffer.array();
  }

  boolean mayHold(Digest digest) {
    long place = digest.low();
    for (int probe = 0; probe < probes; probe++) {
      int bit = (int) place & mask;
      if ((get(bit / Long.SIZE) & 1L << bit) == 0) {
        return false;
      }
      place += digest.high() | 1;
    }
    return true;
  }

  // Only one thread adds, so no bit is lost between reading and writing a word.
  void add(Digest digest) {
    long place = digest.low();
    for (int probe = 0; probe < probes; probe++) {
      int bit = (int) place & mask;
      int word = bit / Long.SIZE;
      set(word, get(word) | 1L << bit);
      place += digest.high() | 1;
    }
  }

  /** From now on every digest may have been added. */
  void addAll() {
    for (int word = 0; word < words; word++) {
      set(word, -1L);
    }
  }

  /**
   * The same digests in fewer bits: those that stand for one place are laid over each other.
   *
   * @param size a power of two, at least 64; no more than there are
   */
  DigestBits folded(int size) {
    var fewer = new DigestBits(size, probes);
    for (int word = 0; word < words; word++) {
      int onto = word % fewer.words;
      fewer.set(onto, fewer.get(onto) | get(word));
    }
    return fewer;
  }

  private long get(int word) {
    return pieces[word / PIECE].get(word % PIECE);
  }

  private void set(int word, long value) {
    pieces[word / PIECE].set(word % PIECE, value);
  }
}
