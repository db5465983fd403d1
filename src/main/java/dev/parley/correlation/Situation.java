package dev.parley.correlation;

import dev.parley.deployment.QueuePolicy.Bounds;
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
 * @param load what waits already
 */
public record Situation(
    String process,
    String operation,
    List<CorrelationKey> keys,
    List<Enabled> enabled,
    List<Holder> holders,
    OptionalInt start,
    Load load) {
  public Situation {
    keys = List.copyOf(keys);
    enabled = List.copyOf(enabled);
    holders = List.copyOf(holders);
  }

  /**
   * How much waits already that bounds count.
   *
   * @param inConversation messages of the operation under one of the message's keys
   * @param ofOperation messages of the operation
   * @param bytes of their bodies
   * @param own bytes of the message's own body
   */
  public record Load(int inConversation, long ofOperation, long bytes, int own) {
    public static final Load NONE = new Load(0, 0, 0, 0);

    boolean isOver(Bounds bounds) {
      return inConversation >= bounds.perConversation()
          || ofOperation >= bounds.perOperation()
          || bytes + own > bounds.bytes();
    }
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
