package dev.parley.turn;

/** Named points of a message's way through the gateway, at which a test may end the process. */
public enum Checkpoint {
  BATCH_DECIDED,
  BATCH_COMMITTED,
  ANSWERS_RELEASED,
  BEFORE_SEND,
  AFTER_SEND;

  /** Whoever wants to know that a point was reached. */
  public interface Probe {
    void at(Checkpoint checkpoint);
  }
}
