package dev.parley.deployment;

import dev.parley.bpmn.FlowNode;
import dev.parley.bpmn.FlowNode.Messaging;
import java.util.Optional;

/**
 * A node that takes or gives messages.
 *
 * @param starts a message taken here makes an instance
 */
record MessageUse(FlowNode node, Direction direction, Messaging messaging, boolean starts) {

  /** Which way the message goes, seen from the process. */
  enum Direction {
    RECEIVE,
    SEND,
    INVOKE
  }

  static Optional<MessageUse> of(FlowNode node, boolean starts) {
    return node.messaging().map(m -> new MessageUse(node, direction(node), m, starts));
  }

  private static Direction direction(FlowNode node) {
    return switch (node) {
      case FlowNode.SendTask _, FlowNode.IntermediateThrowEvent _, FlowNode.EndEvent _ ->
          Direction.SEND;
      case FlowNode.ServiceTask _ -> Direction.INVOKE;
      default -> Direction.RECEIVE;
    };
  }

  boolean receives() {
    return direction == Direction.RECEIVE;
  }

  String id() {
    return node.id();
  }
}
