package dev.parley.deployment;

import dev.parley.bpmn.FlowNode.Common;
import dev.parley.bpmn.ProcessDefinition;
import dev.parley.wsdl.Operation;
import dev.parley.wsdl.SchemaSet;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.namespace.QName;

/**
 * The attributes of our namespace that say what BPMN cannot: the node's go before the process's,
 * and those before the gateway's.
 */
final class Policies {
  static final String MESSAGE_EXCHANGE = "messageExchange";
  static final String ACCEPT_AFTER = "acceptAfter";
  static final String RELATES_TO = "relatesTo";
  static final String UNDERSTANDS = "understands";
  static final String ANSWER_WITHIN = "answerWithin";
  static final Set<String> DELIVERY =
      Set.of(
          "delivery",
          "assurance",
          "attempts",
          "backoff",
          "backoffFactor",
          "backoffMax",
          "deadline",
          "ordered");

  /** Documented, but not executed by this release. */
  static final Set<String> PLANNED =
      Set.of(
          "replyWithin",
          "faultWindow",
          "inactivity",
          "faults",
          "resend",
          "every",
          "times",
          "overdueAfter");

  private final Findings findings;
  private final QueuePolicy queue;
  private final DeliveryPolicy delivery;
  private final Optional<Duration> answerWithin;
  private final Graph graph;
  private final RejectionFaults rejectionFaults;
  private final Set<QName> understood;

  Policies(
      Settings settings,
      ProcessDefinition process,
      Graph graph,
      SchemaSet schemas,
      Findings findings) {
    this.rejectionFaults = new RejectionFaults(schemas);
    this.findings = findings;
    this.graph = graph;
    var attributes =
        new SettingsReader(process.policies(), process.id(), process.location(), findings);
    checkNames(attributes, Set.of(ANSWER_WITHIN, UNDERSTANDS), true, true);
    this.queue = QueueAttributes.read(settings.queue(), attributes);
    this.delivery = delivery(settings.delivery(), attributes);
    this.answerWithin = attributes.duration(ANSWER_WITHIN);
    this.understood = attributes.names(UNDERSTANDS);
  }

  /** Names of SOAP header blocks that the process understands. */
  Set<QName> understood() {
    return understood;
  }

  QueuePolicy ofProcess() {
    return queue;
  }

  /** Of answers that are sent to an address. */
  DeliveryPolicy ofAnswers() {
    return effective(delivery);
  }

  QueuePolicy ofReceive(Common node, Operation operation) {
    var attributes = reader(node);
    checkNames(attributes, Set.of(MESSAGE_EXCHANGE, ACCEPT_AFTER, RELATES_TO), true, false);
    return rejectionFaults.checked(QueueAttributes.read(queue, attributes), attributes, operation);
  }

  /** Number of the node at which a robust exchange closes; -1: with the turn that takes it. */
  int acceptAfter(Common node, JoinedOperation operation) {
    var attributes = reader(node);
    var named = attributes.text(ACCEPT_AFTER, "");
    if (named.isEmpty()) {
      return -1;
    }
    if (!operation.wsdl().pattern().isRobust()) {
      attributes.refuse(
          ACCEPT_AFTER,
          Rule.SETTING,
          "Expected parley:acceptAfter only where the operation is robust, but '%s' is %s."
              .formatted(operation.model().id(), Operations.pattern(operation)),
          "Remove the attribute, or use a robust operation.");
      return -1;
    }
    if (!graph.hasNode(named) || named.equals(node.id())) {
      attributes.refuse(
          ACCEPT_AFTER,
          Rule.SETTING,
          "Expected parley:acceptAfter to be the id of another element of the process, but found '%s'."
              .formatted(named),
          "Correct the id, or remove the attribute to accept at the end of the turn.");
      return -1;
    }
    return graph.node(named);
  }

  /** What is sent to a robust operation waits for the fault that may come. */
  void refuseNotToWait(Common node, JoinedOperation operation) {
    var attributes = reader(node);
    if (attributes.text("delivery", "").strip().equals("nonBlocking")) {
      attributes.refuse(
          "delivery",
          Rule.SETTING,
          "Expected parley:delivery to be blocking, for the operation '%s' is %s and its fault is told to whoever waits, but found 'nonBlocking'."
              .formatted(operation.model().id(), Operations.pattern(operation)),
          "Remove the attribute, or use an in-only operation.");
    }
  }

  DeliveryPolicy ofSend(Common node) {
    var attributes = reader(node);
    checkNames(attributes, Set.of(), false, true);
    return effective(delivery(delivery, attributes));
  }

  DeliveryPolicy ofInvoke(Common node, boolean calledBack) {
    var attributes = reader(node);
    checkNames(attributes, Set.of(ANSWER_WITHIN), calledBack, true);
    return effective(delivery(delivery, attributes));
  }

  /** Of the message that answers a service task. */
  QueuePolicy ofCallback(Common node) {
    return QueueAttributes.read(queue, reader(node));
  }

  /** Number of an element of the process. */
  int node(String id) {
    return graph.node(id);
  }

  Optional<Duration> answerWithin(Common node) {
    return reader(node).duration(ANSWER_WITHIN).or(() -> answerWithin);
  }

  /** The name that tells open exchanges of one operation apart. */
  String exchangeOfReply(Common node) {
    checkNames(reader(node), Set.of(MESSAGE_EXCHANGE), false, false);
    return exchange(node);
  }

  String exchange(Common node) {
    return reader(node).text(MESSAGE_EXCHANGE, "");
  }

  private SettingsReader reader(Common node) {
    return new SettingsReader(node.policies(), node.id(), node.location(), findings);
  }

  private static DeliveryPolicy delivery(DeliveryPolicy base, SettingsReader attributes) {
    refuseWhatIsNotOffered(attributes);
    return new DeliveryPolicy(
        attributes.choice(
            "delivery", Map.of("nonBlocking", false, "blocking", true), base.blocking()),
        attributes.choice(
            "assurance",
            // The third value has a finding of its own.
            Map.of("atLeastOnce", false, "atMostOnce", true, "exactlyOnce", false),
            base.atMostOnce()),
        attributes.count("attempts", base.attempts()),
        attributes.duration("backoff", base.backoff()),
        attributes.factor("backoffFactor", base.factor()),
        attributes.duration("backoffMax", base.backoffMax()),
        attributes.duration("deadline", base.deadline()));
  }

  /** Attempts count for nothing at most once, but come back where a node asks for at least once. */
  private static DeliveryPolicy effective(DeliveryPolicy policy) {
    return policy.atMostOnce()
        ? new DeliveryPolicy(
            policy.blocking(),
            true,
            1,
            policy.backoff(),
            policy.factor(),
            policy.backoffMax(),
            policy.deadline())
        : policy;
  }

  private static void refuseWhatIsNotOffered(SettingsReader attributes) {
    if (attributes.text("assurance", "").equals("exactlyOnce")) {
      attributes.refuse(
          "assurance",
          Rule.NOT_EXECUTED,
          "Expected parley:assurance to be atLeastOnce or atMostOnce, for no partner is declared to"
              + " remove duplicates, but found 'exactlyOnce'.",
          "Use atLeastOnce: every attempt bears the same message id.");
    }
    if (attributes.choice("ordered", Map.of("true", true, "false", false), false)) {
      attributes.refuse(
          "ordered",
          Rule.NOT_EXECUTED,
          "Expected parley:ordered to be false, for ordered delivery is not executed yet, but found"
              + " 'true'.",
          "Use parley:delivery=\"blocking\" on the sends that must not overtake one another.");
    }
  }

  private static void checkNames(
      SettingsReader attributes, Set<String> own, boolean takes, boolean gives) {
    var known = new TreeSet<>(own);
    known.addAll(takes ? QueueAttributes.NAMES : Set.of());
    known.addAll(gives ? DELIVERY : Set.of());
    for (var name : new TreeMap<>(attributes.attributes()).keySet()) {
      if (PLANNED.contains(name)) {
        attributes.refuse(
            name,
            Rule.NOT_EXECUTED,
            "Expected only settings that are executed, but parley:%s is not yet.".formatted(name),
            "Remove the attribute.");
      } else if (!known.contains(name)) {
        attributes.refuse(
            name,
            Rule.UNKNOWN_SETTING,
            "Expected %s here, but found parley:%s."
                .formatted(
                    known.isEmpty() ? "no setting" : "one of " + String.join(", ", known), name),
            "Correct or move the attribute.");
      }
    }
  }
}
