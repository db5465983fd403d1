package dev.parley.conformance.crash;

/**
 * A message of the load, however often it is sent.
 *
 * @param sequence of a step, from 1; 0 for the other operations
 */
public record Sent(String key, Operation operation, int sequence) {

  /** What the audited process can be told. */
  public enum Operation {
    OPEN,
    STEP,
    CLOSE
  }

  static Sent open(String key) {
    return new Sent(key, Operation.OPEN, 0);
  }

  static Sent step(String key, int sequence) {
    return new Sent(key, Operation.STEP, sequence);
  }

  static Sent close(String key) {
    return new Sent(key, Operation.CLOSE, 0);
  }

  /** The same each time it is sent. */
  String idempotencyKey() {
    return key + "/" + operation + "/" + sequence;
  }
}
