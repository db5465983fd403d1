package dev.parley.store;

import dev.parley.message.Digest;
import java.util.concurrent.atomic.AtomicLongArray;

/** A bit for each of many digests: unset, the digest was surely never added. One thread adds. */
final class DigestBits {
  private final AtomicLongArray words;
  private final int mask;

  /** Size is a power of two, at least 64. */
  DigestBits(int size) {
    words = new AtomicLongArray(size / Long.SIZE);
    mask = size - 1;
  }

  boolean mayHold(Digest digest) {
    int bit = bit(digest);
    return (words.get(bit / Long.SIZE) & 1L << bit) != 0;
  }

  // Only one thread adds, so no bit is lost between reading and writing a word.
  void add(Digest digest) {
    int bit = bit(digest);
    int word = bit / Long.SIZE;
    words.set(word, words.get(word) | 1L << bit);
  }

  /** From now on every digest may have been added. */
  void addAll() {
    for (int word = 0; word < words.length(); word++) {
      words.set(word, -1L);
    }
  }

  private int bit(Digest digest) {
    return (int) digest.low() & mask;
  }
}
