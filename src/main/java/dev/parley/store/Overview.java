package dev.parley.store;

import dev.parley.message.MessageId;
import dev.parley.message.OperationName;
import dev.parley.store.Rows.Direction;
import org.jspecify.annotations.Nullable;

/** What an operator asks the store's lists for. */
public final class Overview {
  private Overview() {}

  /**
   * Which dead letters are looked at.
   *
   * @param process key of one process; empty: whatever it is
   * @param operation local name of an operation, or name of a message; empty: whatever it is
   * @param reason empty: whatever it is
   * @param direction null: whatever it is
   */
  public record DeadLetterFilter(
      String process, String operation, String reason, @Nullable Direction direction) {
    public static final DeadLetterFilter ALL = new DeadLetterFilter("", "", "", null);
  }

  /**
   * Which messages that wait are looked at.
   *
   * @param process key of one process; empty: whatever it is
   * @param operation local name of an operation, or name of a message; empty: whatever it is
   */
  public record QueueFilter(String process, String operation) {
    public static final QueueFilter ALL = new QueueFilter("", "");
  }

  /** How many messages of an operation wait, and the oldest of them. */
  public record QueueCount(
      String process, OperationName operation, long messages, MessageId oldest) {}
}
