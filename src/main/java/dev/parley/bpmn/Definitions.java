package dev.parley.bpmn;

import dev.parley.finding.Finding;
import dev.parley.finding.Location;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * One BPMN file (BPMN 2.0.2, clause 8.2.1). References between its elements have been resolved: an
 * id that a record names exists in the map that belongs to it.
 *
 * @param itemDefinitions by id, as messages, errors and operations
 * @param processes executable ones only; others and black-box pools are not read further
 */
public record Definitions(
    String file,
    String targetNamespace,
    List<Import> imports,
    Map<String, ItemDefinition> itemDefinitions,
    Map<String, MessageDefinition> messages,
    Map<String, ErrorDefinition> errors,
    Map<String, OperationDefinition> operations,
    Map<String, CorrelationProperty> correlationProperties,
    List<Collaboration> collaborations,
    List<ProcessDefinition> processes,
    List<Finding> warnings) {

  /** An import: namespace, file inside the bundle, type (clause 8.2.4). */
  public record Import(
      String namespace, @Nullable String file, String importType, Location location) {}

  /** A type: an XML Schema element or type, null where the model leaves it open. */
  public record ItemDefinition(
      String id, @Nullable QName structure, boolean isCollection, Location location) {}

  /** A message and its item; null where the model leaves it open. */
  public record MessageDefinition(
      String id, String name, @Nullable ItemDefinition item, Location location) {}

  /**
   * An error; code is compared with a fault's name; null catches and throws nothing in particular.
   */
  public record ErrorDefinition(
      String id,
      String name,
      @Nullable String code,
      @Nullable ItemDefinition item,
      Map<String, String> namespaces,
      Location location) {}

  /** A signal; thrown and caught by its name in the whole gateway (clause 10.5.5). */
  public record SignalDefinition(
      String id, String name, @Nullable ItemDefinition item, Location location) {}

  /** An escalation; a null code throws and catches nothing in particular (clause 10.5.5). */
  public record EscalationDefinition(
      String id,
      String name,
      @Nullable String code,
      @Nullable ItemDefinition item,
      Location location) {}

  /**
   * An operation of an interface, joined to the WSDL by implementationRef (clause 8.4.3).
   *
   * @param interfaceName the interface's implementationRef: the QName of a WSDL interface or port
   *     type
   * @param operation local name of the WSDL operation
   */
  public record OperationDefinition(
      String id,
      String name,
      QName interfaceName,
      String operation,
      MessageDefinition inMessage,
      @Nullable MessageDefinition outMessage,
      List<ErrorDefinition> errors,
      Location location) {}

  /** A correlation property with one retrieval expression for each message id (clause 8.4.2). */
  public record CorrelationProperty(
      String id, String name, Map<String, Formal> retrievalByMessage, Location location) {}

  /**
   * A collaboration or conversation (clauses 9 and 9.5).
   *
   * @param keys all keys declared in it and in its conversations
   */
  public record Collaboration(
      String id,
      List<Participant> participants,
      List<MessageFlow> messageFlows,
      List<CorrelationKeyDefinition> keys,
      Location location) {}

  /**
   * A participant.
   *
   * @param process id of an executable process of this file; null for a black box
   * @param interfaceNames WSDL interfaces it provides
   * @param endpoint address its endPointRef names (attribute {@code address} of our namespace on
   *     the endPoint); null if none
   */
  public record Participant(
      String id,
      String name,
      @Nullable String process,
      List<QName> interfaceNames,
      @Nullable String endpoint,
      Location location) {}

  /** Source and target are ids of flow nodes or participants. */
  public record MessageFlow(
      String id,
      String source,
      String target,
      @Nullable MessageDefinition message,
      Location location) {}

  /** A key: its properties in the order declared (clause 8.4.2). */
  public record CorrelationKeyDefinition(
      String id, String name, List<CorrelationProperty> properties, Location location) {}

  public Optional<ProcessDefinition> process(String id) {
    return processes.stream().filter(p -> p.id().equals(id)).findFirst();
  }
}
