package dev.parley.message;

/** The gateway's own number of a message; time-ordered. */
public record MessageId(long value) implements Comparable<MessageId> {
  @Override
  public int compareTo(MessageId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Id.text(value);
  }
}
