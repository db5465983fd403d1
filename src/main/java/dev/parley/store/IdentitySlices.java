package dev.parley.store;

import dev.parley.message.Digest;
import dev.parley.message.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The slices that there are; one thread changes them, others look. */
final class IdentitySlices {
  private volatile List<IdentitySlice> slices;

  /** Oldest first; the last one is open. */
  IdentitySlices(List<IdentitySlice> slices) {
    this.slices = List.copyOf(slices);
  }

  IdentitySlice open() {
    return slices.getLast();
  }

  /** Those that may have it, in most cases none. */
  List<IdentitySlice> mayHold(Digest identity) {
    var found = new ArrayList<IdentitySlice>(0);
    for (var slice : slices) {
      if (slice.mayHold(identity)) {
        found.add(slice);
      }
    }
    return found;
  }

  long rows() {
    long rows = 0;
    for (var slice : slices) {
      rows += slice.rows();
    }
    return rows;
  }

  /** The open one is closed, and this one is open. */
  void roll(IdentitySlice closed, IdentitySlice next) {
    var all = new ArrayList<>(slices);
    all.set(all.size() - 1, closed);
    all.add(next);
    slices = List.copyOf(all);
  }

  /** The one with a number, unless it is gone. */
  Optional<IdentitySlice> at(long number) {
    return slices.stream().filter(slice -> slice.number() == number).findFirst();
  }

  /** Nobody who asks from now on is sent there. */
  void hide(List<IdentitySlice> gone) {
    var rest = new ArrayList<>(slices);
    rest.removeAll(gone);
    slices = List.copyOf(rest);
  }

  /**
   * Closed ones that can go, oldest first.
   *
   * @param before which everything in it came
   * @param most rows that the others may have; the oldest go first
   */
  List<IdentitySlice> past(MessageId before, long most) {
    var past = new ArrayList<IdentitySlice>();
    long left = rows();
    for (var slice : slices.subList(0, slices.size() - 1)) {
      if (slice.isPast(before) || slice.rows() == 0 || left > most) {
        past.add(slice);
        left -= slice.rows();
      }
    }
    return past;
  }
}
