package dev.parley.bpmn;

import dev.parley.finding.Location;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * An executable process (BPMN 2.0.2, clause 10).
 *
 * @param id its key: deployed again it becomes the next version
 * @param nodes in document order, those of its sub-processes among them
 * @param flows as nodes
 * @param subscriptions correlation keys that are computed from its data
 * @param supportedInterfaces WSDL interfaces that supportedInterfaceRef names
 * @param policies attributes of our namespace on the process, by local name
 */
public record ProcessDefinition(
    String id,
    String name,
    List<FlowNode> nodes,
    List<SequenceFlow> flows,
    List<DataObject> dataObjects,
    List<CorrelationSubscription> subscriptions,
    List<QName> supportedInterfaces,
    Map<String, String> policies,
    Location location) {

  /** A sequence flow; condition is null where there is none (clause 8.4.13). */
  public record SequenceFlow(
      String id, String source, String target, @Nullable Formal condition, Location location) {}

  /**
   * A data object, a property, or a data input or output of the process (clause 10.4.1); references
   * to it have been resolved to its id.
   *
   * @param container id of the process or sub-process that it stands in
   * @param isOptional whether the process may be started, or end, without it
   */
  public record DataObject(
      String id,
      String name,
      String container,
      Definitions.@Nullable ItemDefinition item,
      boolean isCollection,
      Use use,
      boolean isOptional,
      Location location) {
    /** Who fills it, or gets it, besides the process itself. */
    public enum Use {
      INTERNAL,
      /** Nobody: a property. */
      PRIVATE,
      /** Whoever starts the process. */
      INPUT,
      /** Whoever called the process, when it has ended. */
      OUTPUT
    }
  }

  /**
   * A data input or output of an activity, by its name (clause 10.4.2).
   *
   * @param isOptional its set says that it may be absent
   */
  public record NamedData(
      String name,
      Definitions.@Nullable ItemDefinition item,
      boolean isOptional,
      List<DataAssociation> associations,
      Location location) {}

  /**
   * A data association (clause 10.4.2), seen from its flow node.
   *
   * @param dataObject id of the data object at the process's end of it; empty where assignments
   *     alone make the node's data
   * @param transformation null: the item is copied whole, or assigned
   */
  public record DataAssociation(
      String dataObject,
      @Nullable Formal transformation,
      List<Assignment> assignments,
      Location location) {}

  /**
   * Context-based correlation: a key is computed from the process's data (clause 8.4.2).
   *
   * @param key id of the correlation key
   */
  public record CorrelationSubscription(
      String id, String key, List<PropertyBinding> bindings, Location location) {}

  /** What a property of such a key is; property is its id. */
  public record PropertyBinding(String property, Formal dataPath, Location location) {}

  /** Copies a value into a part of the association's target (clause 10.4.2). */
  public record Assignment(Formal from, Formal to) {}
}
