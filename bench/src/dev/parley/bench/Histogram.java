package dev.parley.bench;

/** Counts of durations, each known to within one per cent, in a fixed space. */
final class Histogram {
  private static final int BITS = 7;
  private static final long LARGEST = (1L << 40) - 1;

  private final long[] counts = new long[index(LARGEST) + 1];
  private long total;

  void add(long nanos) {
    counts[index(Math.clamp(nanos, 0, LARGEST))]++;
    total++;
  }

  void add(Histogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
  }

  long total() {
    return total;
  }

  /** The duration that this part of all does not exceed; 0 if there are none. */
  long quantile(double part) {
    long rank = (long) Math.ceil(part * total);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank && seen > 0) {
        return middle(i);
      }
    }
    return 0;
  }

  /** Exact below 2^8; above, each power of two has 2^7 steps. */
  private static int index(long nanos) {
    int shift = Math.max(0, 63 - Long.numberOfLeadingZeros(nanos | 1) - BITS);
    return (shift << BITS) + (int) (nanos >>> shift);
  }

  private static long middle(int index) {
    int shift = Math.max(0, (index >>> BITS) - 1);
    long lowest = (long) (index - (shift << BITS)) << shift;
    return lowest + ((1L << shift) >>> 1);
  }
}
