package dev.parley.deployment;

import dev.parley.bpmn.FlowNode;
import dev.parley.deployment.Interaction.Invoke;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.deployment.Interaction.Reply;
import dev.parley.deployment.Interaction.Send;
import dev.parley.message.MessageExchangePattern;
import dev.parley.message.MessageKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Makes of a node's part in an operation what the engine does there. */
final class Interactions {
  private static final Set<MessageExchangePattern> EXECUTED =
      Set.of(MessageExchangePattern.IN_ONLY, MessageExchangePattern.IN_OUT);

  private final Roles roles;
  private final DataJoin data;
  private final Policies policies;
  private final Partners partners;
  private final Findings findings;

  Interactions(
      Roles roles, DataJoin data, Policies policies, Partners partners, Findings findings) {
    this.roles = roles;
    this.data = data;
    this.policies = policies;
    this.partners = partners;
    this.findings = findings;
  }

  Optional<Receive> receive(FlowNode node) {
    return part(node).flatMap(this::receive);
  }

  /** A Reply or a Send. */
  Optional<Interaction> send(FlowNode node) {
    return part(node)
        .flatMap(
            played -> played.part().kind() == MessageKind.INPUT ? request(played) : reply(played));
  }

  Optional<Invoke> invoke(FlowNode node) {
    return part(node).flatMap(this::invoke);
  }

  private record Played(MessageUse use, Part part) {
    FlowNode node() {
      return use.node();
    }
  }

  private Optional<Played> part(FlowNode node) {
    return roles
        .use(node)
        .flatMap(use -> roles.part(use).map(part -> new Played(use, part)))
        .filter(this::isExecuted);
  }

  private Optional<Receive> receive(Played played) {
    var part = played.part();
    var policy = policies.ofReceive(played.node().common());
    if (part.kind() != MessageKind.INPUT) {
      refuse(
          played,
          Rule.NOT_EXECUTED,
          "Expected to receive the input of the operation '%s', but this receives its %s, which is"
              + " not executed yet.",
          "Use a service task, which sends the request and takes the answer; or, where the process"
              + " provides the operation, name its inMessageRef as messageRef.");
      return Optional.empty();
    }
    return data.keeps(played.node().common(), played.use().messaging(), part.element())
        .map(
            keeps ->
                new Receive(
                    part.operation().wsdl(),
                    part.kind(),
                    keeps,
                    policies.exchange(played.node().common()),
                    policy));
  }

  private Optional<Interaction> reply(Played played) {
    var part = played.part();
    var common = played.node().common();
    if (!roles.provides(part.operation().name())) {
      refuse(
          played,
          Rule.REPLY_WITHOUT_RECEIVE,
          "Expected the process to receive the operation '%s' whose %s this sends, but nothing"
              + " receives its input.",
          "Receive the operation first, or send its inMessageRef to make a request.");
      return Optional.empty();
    }
    var exchange = policies.exchangeOfReply(common);
    var fault = part.fault();
    return data.outgoing(common, played.use().messaging(), part.element())
        .map(
            outgoing ->
                new Reply(
                    part.operation().wsdl(),
                    fault == null ? null : part.operation().faultName(fault),
                    outgoing,
                    exchange));
  }

  private Optional<Interaction> request(Played played) {
    var part = played.part();
    var common = played.node().common();
    if (part.operation().hasSecond()) {
      findings.warning(
          played.node().location(),
          played.node().id(),
          Rule.RESPONSE_DROPPED,
          "Expected to send an in-only message, but the operation '%s' is in-out: its response is dropped."
              .formatted(part.operation().model().id()),
          "Use a service task to take the response.");
    }
    var delivery = policies.ofSend(common);
    var outgoing = data.outgoing(common, played.use().messaging(), part.element());
    var partner = partners.of(played.node(), part.operation());
    return outgoing.flatMap(
        o -> partner.map(p -> new Send(part.operation().wsdl(), p, o, delivery)));
  }

  private Optional<Invoke> invoke(Played played) {
    var part = played.part();
    var common = played.node().common();
    if (part.kind() != MessageKind.INPUT) {
      refuse(
          played,
          Rule.MESSAGE_NOT_OF_OPERATION,
          "Expected the service task to send the input of the operation '%s', but its message is"
              + " the %s.",
          "Remove messageRef, or use a send task to reply.");
      return Optional.empty();
    }
    var delivery = policies.ofInvoke(common);
    var answerWithin = policies.answerWithin(common).orElse(null);
    var outgoing = data.outgoing(common, played.use().messaging(), part.element());
    var keeps = kept(played);
    var partner = partners.of(played.node(), part.operation());
    if (outgoing.isEmpty() || keeps.isEmpty() || partner.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Invoke(
            part.operation().wsdl(),
            partner.get(),
            outgoing.get(),
            keeps.get(),
            delivery,
            answerWithin));
  }

  private Optional<List<Interaction.Keep>> kept(Played played) {
    var part = played.part();
    var messaging = played.use().messaging();
    if (part.operation().hasSecond()) {
      return data.keeps(played.node().common(), messaging, part.answer().element());
    }
    findings.warning(
        played.node().location(),
        played.node().id(),
        Rule.NOTHING_TO_KEEP,
        "Expected the service task's operation to be in-out, but '%s' is in-only: the task ends with the partner's acknowledgement."
            .formatted(part.operation().model().id()),
        "Use a send task with parley:delivery=\"blocking\" where that is meant.");
    if (messaging.result() == null && messaging.outputs().isEmpty()) {
      return Optional.of(List.of());
    }
    refuse(
        played,
        Rule.NOTHING_TO_KEEP,
        "Expected no data output, for the operation '%s' has only an %s.",
        "Remove parley:result and the data output associations.");
    return Optional.empty();
  }

  private boolean isExecuted(Played played) {
    var operation = played.part().operation();
    boolean executed = EXECUTED.contains(operation.wsdl().pattern());
    if (!executed) {
      findings.error(
          played.node().location(),
          played.node().id(),
          Rule.PATTERN_NOT_EXECUTED,
          "Expected an operation whose pattern is in-only or in-out, but '%s' is %s, which is not executed yet."
              .formatted(operation.model().id(), Operations.pattern(operation)),
          "Use an in-only or in-out operation.");
    }
    return executed;
  }

  private void refuse(Played played, String rule, String problem, String remedy) {
    var part = played.part();
    findings.error(
        played.node().location(),
        played.node().id(),
        rule,
        problem.formatted(
            part.operation().model().id(), part.kind().name().toLowerCase(Locale.ROOT)),
        remedy);
  }
}
