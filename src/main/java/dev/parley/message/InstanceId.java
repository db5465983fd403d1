package dev.parley.message;

/** The number of a process instance; time-ordered. */
public record InstanceId(long value) implements Comparable<InstanceId> {
  @Override
  public int compareTo(InstanceId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Id.text(value);
  }
}
