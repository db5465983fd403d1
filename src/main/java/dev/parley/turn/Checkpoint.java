package dev.parley.turn;

/** Named points of a message's way through the gateway, at which a test may end the process. */
public enum Checkpoint {
  BATCH_DECIDED,
  BATCH_COMMITTED,
  /** The senders of a batch's messages have been told; of batches without messages it is silent. */
  ANSWERS_RELEASED,
  BEFORE_SEND,
  AFTER_SEND;

  /** Whoever wants to know that a point was reached. */
  public interface Probe {
    void at(Checkpoint checkpoint);
  }
}
