package dev.parley.conformance.crash;

/**
 * A message that reached the partner, a line of its ledger.
 *
 * @param wireId its {@code wsa:MessageID}
 * @param instance key of the instance that sent it
 * @param key key of the step it is about
 * @param sequence number of the step it is about; 0 for the note of an opening
 * @param receipt what it was answered with
 */
public record Delivery(String wireId, String instance, String key, int sequence, String receipt) {

  static Delivery parse(String line) {
    var fields = line.split("\t", -1);
    if (fields.length != 5) {
      throw new IllegalArgumentException(
          "Expected 5 fields in a line of the ledger, found " + fields.length + ": " + line);
    }
    return new Delivery(fields[0], fields[1], fields[2], Integer.parseInt(fields[3]), fields[4]);
  }

  /** The message that caused it. */
  Sent cause() {
    return sequence == 0 ? Sent.open(key) : Sent.step(key, sequence);
  }

  @Override
  public String toString() {
    return String.join("\t", wireId, instance, key, String.valueOf(sequence), receipt);
  }
}
