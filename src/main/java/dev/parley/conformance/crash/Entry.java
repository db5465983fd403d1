package dev.parley.conformance.crash;

import dev.parley.conformance.crash.Sent.Operation;

/**
 * A line of the journal.
 *
 * @param status of the HTTP response; 0 where there was none
 * @param detail the reply's key and what the instance consumed, or why there is none
 */
public record Entry(long number, Event event, Sent sent, int status, String detail) {

  /** What happened to a message. */
  public enum Event {
    /** It is about to be sent. */
    INTENT,
    ACKNOWLEDGED,
    REFUSED,
    /** Nobody knows whether it was taken. */
    UNKNOWN
  }

  static Entry parse(String line) {
    var fields = line.split("\t", -1);
    if (fields.length != 7) {
      throw new IllegalArgumentException(
          "Expected 7 fields in a line of the journal, found " + fields.length + ": " + line);
    }
    var sent = new Sent(fields[2], Operation.valueOf(fields[3]), Integer.parseInt(fields[4]));
    return new Entry(
        Long.parseLong(fields[0]),
        Event.valueOf(fields[1]),
        sent,
        Integer.parseInt(fields[5]),
        fields[6]);
  }

  @Override
  public String toString() {
    return String.join(
        "\t",
        String.valueOf(number),
        event.name(),
        sent.key(),
        sent.operation().name(),
        String.valueOf(sent.sequence()),
        String.valueOf(status),
        detail.replaceAll("\\s+", " "));
  }
}
