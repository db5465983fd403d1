package dev.parley.deployment;

import dev.parley.bpmn.FlowNode;
import dev.parley.bpmn.FlowNode.EndResult.ErrorEnd;
import dev.parley.bpmn.FlowNode.EndResult.MessageEnd;
import dev.parley.bpmn.FlowNode.EndResult.None;
import dev.parley.bpmn.FlowNode.EndResult.TerminateEnd;
import dev.parley.bpmn.FlowNode.Messaging;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  static Optional<MessageUse> of(FlowNode node) {
    return switch (node) {
      case FlowNode.StartEvent start -> use(node, Direction.RECEIVE, start.messaging(), true);
      case FlowNode.ReceiveTask task ->
          use(node, Direction.RECEIVE, task.messaging(), task.instantiate());
      case FlowNode.MessageCatchEvent event ->
          use(node, Direction.RECEIVE, event.messaging(), false);
      case FlowNode.SendTask task -> use(node, Direction.SEND, task.messaging(), false);
      case FlowNode.MessageThrowEvent event -> use(node, Direction.SEND, event.messaging(), false);
      case FlowNode.ServiceTask task -> use(node, Direction.INVOKE, task.messaging(), false);
      case FlowNode.EndEvent end ->
          switch (end.result()) {
            case MessageEnd message -> use(node, Direction.SEND, message.messaging(), false);
            case None _, ErrorEnd _, TerminateEnd _ -> Optional.empty();
          };
      case FlowNode.ScriptTask _,
          FlowNode.TimerCatchEvent _,
          FlowNode.BoundaryTimerEvent _,
          FlowNode.BoundaryErrorEvent _,
          FlowNode.ExclusiveGateway _,
          FlowNode.ParallelGateway _ ->
          Optional.empty();
    };
  }

  private static Optional<MessageUse> use(
      FlowNode node, Direction direction, @Nullable Messaging messaging, boolean starts) {
    return Optional.ofNullable(messaging).map(m -> new MessageUse(node, direction, m, starts));
  }

  boolean receives() {
    return direction == Direction.RECEIVE;
  }

  String id() {
    return node.id();
  }
}
