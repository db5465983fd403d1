package dev.parley.deployment;

import dev.parley.finding.Location;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.wsdl.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;

/**
 * A process that runs: nodes, flows and data items by number, everything compiled.
 *
 * @param key the process's id in its model
 * @param nodes by number, in document order
 * @param flows by number, in document order
 * @param items data items by number
 * @param keys correlation keys in the order declared
 * @param messages how the keys' values are found in each message the process sends or receives
 * @param operations every operation that a node sends or receives a message of
 * @param provided the ports it is hosted at
 */
public record ExecutableProcess(
    String key,
    String name,
    List<Node> nodes,
    List<Flow> flows,
    List<DataItem> items,
    List<Key> keys,
    Map<MessageName, KeyExtraction> messages,
    Map<OperationName, Operation> operations,
    List<ServicePort> provided,
    QueuePolicy queue,
    Reachability reachability,
    Location location) {
  public ExecutableProcess {
    nodes = List.copyOf(nodes);
    flows = List.copyOf(flows);
    items = List.copyOf(items);
    keys = List.copyOf(keys);
    messages = Map.copyOf(messages);
    operations = Map.copyOf(operations);
    provided = List.copyOf(provided);
  }

  /** One message of an operation. */
  public record MessageName(OperationName operation, MessageKind kind) {}

  /**
   * A node.
   *
   * @param index its number
   * @param outgoing numbers of its outgoing flows in document order
   * @param incoming how many flows lead to it
   * @param boundary numbers of the boundary events attached to it
   */
  public record Node(
      int index,
      String id,
      String name,
      Element element,
      List<Integer> outgoing,
      int incoming,
      List<Integer> boundary,
      Location location) {
    public Node {
      outgoing = List.copyOf(outgoing);
      boundary = List.copyOf(boundary);
    }
  }

  /**
   * A sequence flow by the numbers of its ends; the condition stands with the gateway it leaves.
   */
  public record Flow(int index, String id, int source, int target) {}

  /**
   * A data object; element is what XML element it holds, empty where the model leaves that open.
   *
   * @param id in the model; expressions may call it by its id as well as by its name
   */
  public record DataItem(int index, String name, Optional<QName> element, String id) {
    public DataItem(int index, String name, Optional<QName> element) {
      this(index, name, element, name);
    }
  }

  /** A correlation key and its properties' names (BPMN 2.0.2, clause 8.4.2). */
  public record Key(int index, String name, List<String> properties) {
    public Key {
      properties = List.copyOf(properties);
    }
  }

  public Node node(int index) {
    return nodes.get(index);
  }

  /** The data object that an expression calls by this name. */
  public Optional<DataItem> item(String variable) {
    return items.stream()
        .filter(i -> i.name().equals(variable) || i.id().equals(variable))
        .findFirst();
  }

  /** How to find the keys' values in a message; empty when it has none. */
  public Optional<KeyExtraction> extraction(OperationName operation, MessageKind kind) {
    return Optional.ofNullable(messages.get(new MessageName(operation, kind)));
  }

  /** The node that a message of this operation starts an instance at. */
  public Optional<Node> startFor(OperationName operation, MessageKind kind) {
    var wanted = new MessageName(operation, kind);
    return nodes.stream()
        .filter(n -> n.element().startMessage().filter(wanted::equals).isPresent())
        .findFirst();
  }
}
