package dev.parley.correlation;

import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is known about a message when it is decided.
 *
 * @param keys the correlation keys it carries, for display
 * @param enabled receives of running instances that it belongs to
 * @param holders instances that hold one of its keys, or were the last ones to; without the keys by
 *     which an enabled receive was found
 * @param start the node it can start an instance at
 * @param waiting how many messages of its operation already wait under one of its keys
 */
public record Situation(
    String process,
    String operation,
    List<CorrelationKey> keys,
    List<Enabled> enabled,
    List<Holder> holders,
    OptionalInt start,
    int waiting) {
  public Situation {
    keys = List.copyOf(keys);
    enabled = List.copyOf(enabled);
    holders = List.copyOf(holders);
  }

  /** An enabled receive and the key by which it was found. */
  public record Enabled(InstanceId instance, int token, Digest key) {}

  /**
   * An instance that holds a key of the message.
   *
   * @param belongs whether all keys that both have are equal
   * @param canReceive whether a receive for the message's operation can still be enabled
   * @param suspended whether an operator has suspended it
   */
  public record Holder(
      InstanceId instance, boolean live, boolean belongs, boolean canReceive, boolean suspended) {}
}
