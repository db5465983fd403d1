package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.engine.ProcessInstance.Catch;
import dev.parley.expression.Value;
import dev.parley.message.Message;
import java.util.List;
import java.util.SortedMap;

/** Receive tasks and message events take their message. */
final class Receiving {
  private Receiving() {}

  static void start(Execution execution, int node, Message message, KeySet keys) {
    var receive = execution.process().node(node).element().receive().orElseThrow();
    start(execution, node, () -> accept(execution, ProcessInstance.ROOT, receive, message, keys));
  }

  /** At a none start event, with data by the names of the process's data inputs. */
  static void begin(Execution execution, int node, SortedMap<String, Value> data) {
    start(execution, node, () -> take(execution, data));
  }

  private static void take(Execution execution, SortedMap<String, Value> data) {
    for (var input : execution.process().data().inputs()) {
      var value = data.get(input.expected().name());
      if (value != null) {
        execution.data().set(ProcessInstance.ROOT, input.item(), value);
      }
    }
  }

  private static void start(Execution execution, int nodeIndex, Runnable taking) {
    var root = execution.state().scope(ProcessInstance.ROOT);
    var place = new Place(root.id(), execution.process().node(nodeIndex));
    execution.trace(place.node());
    Conversing.begin(execution);
    try {
      taking.run();
      SubProcesses.arm(execution, root);
      awaitOthers(execution, place);
      execution.leave(place);
    } catch (BpmnError error) {
      Failing.raise(execution, place, error);
    }
  }

  /** After a parallel event-based gateway every other event is awaited too (clause 13.4.4). */
  private static void awaitOthers(Execution execution, Place started) {
    for (var gateway : before(execution, started.node())) {
      if (gateway.element() instanceof Element.EventBasedGateway(boolean parallel) && parallel) {
        gateway.branches().stream()
            .map(b -> execution.process().flows().get(b.flow()))
            .filter(f -> f.target() != started.node().index())
            .forEach(f -> execution.take(started.at(gateway), f.index()));
      }
    }
  }

  private static List<Node> before(Execution execution, Node node) {
    return node.incoming().stream()
        .map(f -> execution.process().node(execution.process().flows().get(f).source()))
        .toList();
  }

  static void take(Execution execution, Catch caught, Message message, KeySet keys) {
    var node = execution.process().node(caught.node());
    var receive = node.element().receive();
    if (receive.isPresent()) {
      Events.happen(
          execution,
          owner(execution, caught),
          node,
          scope -> accept(execution, scope, receive.get(), message, keys));
    }
  }

  /** The token or scope that a place to catch belongs to. */
  static int owner(Execution execution, Catch caught) {
    return execution.state().listeners().stream()
        .filter(l -> l.id() == caught.id())
        .map(ProcessInstance.Listener::owner)
        .findFirst()
        .orElse(caught.id());
  }

  private static void accept(
      Execution execution, int scope, Receive receive, Message message, KeySet keys) {
    Exchanges.begin(execution, scope, message, receive);
    Partnering.learn(execution, scope, message, receive);
    execution.data().correlate(scope, keys);
    execution.data().keep(scope, message, receive.keeps());
  }
}
