package dev.parley.deployment;

import dev.parley.expression.Expression;
import dev.parley.finding.Location;
import dev.parley.message.Message;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.wsdl.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * A process that runs: nodes, flows and data items by number, everything compiled.
 *
 * @param key the process's id in its model
 * @param nodes by number, in document order
 * @param flows by number, in document order
 * @param scopes by number; the first one is the process
 * @param items data items by number
 * @param data what it is given and gives by name
 * @param keys correlation keys in the order declared
 * @param messages how the keys' values are found in each message the process sends or receives
 * @param operations every operation that a node sends or receives a message of
 * @param provided the ports it is hosted at
 * @param queue of messages that no receive says otherwise of
 * @param delivery of what no node sends: answers to addresses that their requests gave
 */
public record ExecutableProcess(
    String key,
    String name,
    List<Node> nodes,
    List<Flow> flows,
    List<ScopeDefinition> scopes,
    List<DataItem> items,
    ProcessData data,
    List<Key> keys,
    Map<MessageName, KeyExtraction> messages,
    Map<OperationName, Operation> operations,
    List<ServicePort> provided,
    QueuePolicy queue,
    DeliveryPolicy delivery,
    InclusiveJoins inclusiveJoins,
    Location location) {
  public ExecutableProcess {
    nodes = List.copyOf(nodes);
    flows = List.copyOf(flows);
    scopes = List.copyOf(scopes);
    items = List.copyOf(items);
    keys = List.copyOf(keys);
    messages = Map.copyOf(messages);
    operations = Map.copyOf(operations);
    provided = List.copyOf(provided);
  }

  /** One message of an operation. */
  public record MessageName(OperationName operation, MessageKind kind) {
    public static MessageName of(Message message) {
      return new MessageName(message.operation(), message.kind());
    }
  }

  /**
   * A node.
   *
   * @param index its number
   * @param scope number of the scope definition that it stands in
   * @param branches its outgoing flows in document order
   * @param defaultFlow number of the one that is taken where no condition holds; -1: none
   * @param incoming numbers of the flows that lead to it
   * @param boundary numbers of the boundary events attached to it
   * @param loop null where it is done once
   */
  public record Node(
      int index,
      String id,
      String name,
      Element element,
      int scope,
      List<Branch> branches,
      int defaultFlow,
      List<Integer> incoming,
      List<Integer> boundary,
      @Nullable Loop loop,
      Location location) {
    public Node {
      branches = List.copyOf(branches);
      incoming = List.copyOf(incoming);
      boundary = List.copyOf(boundary);
    }
  }

  /** A flow out of a node; condition is null where it has none. */
  public record Branch(int flow, @Nullable Expression condition) {}

  /** A sequence flow by the numbers of its ends; its condition stands with its source. */
  public record Flow(int index, String id, int source, int target) {}

  /**
   * What has data and keys of its own: the process, a sub-process, or one round of a loop.
   *
   * @param index its number
   * @param parent number of the one around it; -1 for the process
   * @param node whose content or round it is; -1 for the process
   * @param starts nodes that tokens begin at when it is entered
   * @param eventStarts start events of its event sub-processes
   * @param variables its data items by the names that expressions call them
   */
  public record ScopeDefinition(
      int index,
      int parent,
      int node,
      List<Integer> starts,
      List<Integer> eventStarts,
      Map<String, DataItem> variables) {
    public ScopeDefinition {
      starts = List.copyOf(starts);
      eventStarts = List.copyOf(eventStarts);
      variables = Map.copyOf(variables);
    }
  }

  /**
   * A data object, or an item of one round of a loop.
   *
   * @param element what XML element it holds; empty where the model leaves that open
   * @param scope number of the scope definition that it belongs to
   */
  public record DataItem(int index, String name, Optional<QName> element, int scope) {}

  /**
   * A correlation key and its properties' names (BPMN 2.0.2, clause 8.4.2).
   *
   * @param scope number of the scope definition whose instances each have their own
   * @param paths what its properties are in the process's data; none where messages set it
   */
  public record Key(
      int index, String name, List<String> properties, int scope, List<Expression> paths) {
    /** Name of the one that no model declares. */
    public static final String CONVERSATION = "parley:conversation";

    /** The reference parameter that bears its value. */
    public static final QName CONVERSATION_PARAMETER = new QName("urn:parley:1", "conversation");

    public Key {
      properties = List.copyOf(properties);
      paths = List.copyOf(paths);
    }

    /** One that messages set. */
    public Key(int index, String name, List<String> properties, int scope) {
      this(index, name, properties, scope, List.of());
    }

    /** Whether it is computed from data: messages match it, but do not set it. */
    public boolean isComputed() {
      return !paths.isEmpty();
    }
  }

  /**
   * The key that is the conversation of an instance with whom it has given its own endpoint
   * reference; empty where it gives it to nobody.
   */
  public Optional<Key> conversation() {
    return keys.stream().filter(k -> k.name().equals(Key.CONVERSATION)).findFirst();
  }

  /** Keys that are computed from the process's data. */
  public List<Key> computedKeys() {
    return keys.stream().filter(Key::isComputed).toList();
  }

  public Node node(int index) {
    return nodes.get(index);
  }

  public ScopeDefinition scope(int index) {
    return scopes.get(index);
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
