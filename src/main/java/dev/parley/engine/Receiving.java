package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.Element;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.engine.ProcessInstance.OpenExchange;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.message.Exchange;
import dev.parley.message.Message;
import org.jspecify.annotations.Nullable;

/** Receive tasks, message catch events and message start events take their message. */
final class Receiving {
  private Receiving() {}

  static void start(Execution execution, int nodeIndex, @Nullable Message message, KeySet keys) {
    var node = execution.process().node(nodeIndex);
    execution.trace(node);
    try {
      if (message != null) {
        accept(execution, receiveAt(node.element()), message, keys);
      }
      execution.leave(node);
    } catch (BpmnError error) {
      Failing.raise(execution, node, error);
    }
  }

  static void take(Execution execution, Token token, Message message, KeySet keys) {
    var node = execution.process().node(token.node());
    execution.remove(token);
    try {
      accept(execution, receiveAt(node.element()), message, keys);
      execution.leave(node);
    } catch (BpmnError error) {
      Failing.raise(execution, node, error);
    }
  }

  private static void accept(Execution execution, Receive receive, Message message, KeySet keys) {
    if (Exchange.begun(receive.operation().pattern()).isOpen()) {
      execution
          .exchanges()
          .add(new OpenExchange(message.id(), message.operation(), receive.exchange()));
    }
    execution.correlate(keys);
    execution.keep(message, receive.keeps());
  }

  private static Receive receiveAt(Element element) {
    if (element instanceof Element.StartEvent(var receive) && receive != null) {
      return receive;
    }
    return Element.receiveOf(element).orElseThrow();
  }
}
