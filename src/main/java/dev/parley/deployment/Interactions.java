package dev.parley.deployment;

import dev.parley.bpmn.FlowNode;
import dev.parley.bpmn.FlowNode.Common;
import dev.parley.bpmn.Formal;
import dev.parley.deployment.Interaction.ExchangeName;
import dev.parley.deployment.Interaction.Invoke;
import dev.parley.deployment.Interaction.Keep;
import dev.parley.deployment.Interaction.Partner;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.deployment.Interaction.Reply;
import dev.parley.deployment.Interaction.Send;
import dev.parley.expression.Expression;
import dev.parley.message.MessageKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes of a node's part in an operation what the engine does there. */
final class Interactions {
  private final Roles roles;
  private final DataJoin data;
  private final Formulas formulas;
  private final Policies policies;
  private final Partners partners;
  private final Findings findings;
  private final Relations relations;
  private final Callbacks callbacks;

  Interactions(Joins joins, Partners partners, Findings findings) {
    this.roles = joins.roles();
    this.data = joins.data();
    this.formulas = joins.formulas();
    this.policies = joins.policies();
    this.partners = partners;
    this.findings = findings;
    this.relations = new Relations(roles, policies, findings);
    this.callbacks = new Callbacks(joins, partners, findings);
  }

  /** What a node's part is joined by. */
  record Joins(Roles roles, DataJoin data, Formulas formulas, Policies policies) {}

  Optional<Receive> receive(FlowNode node) {
    return part(node).flatMap(this::receive);
  }

  /** A Reply or a Send. */
  Optional<Interaction> send(FlowNode node) {
    return part(node).flatMap(played -> played.part().isFirst() ? request(played) : reply(played));
  }

  Optional<Invoke> invoke(FlowNode node) {
    return part(node).flatMap(this::invoke);
  }

  private record Played(MessageUse use, Part part) {
    FlowNode node() {
      return use.node();
    }

    Common common() {
      return use.node().common();
    }
  }

  private Optional<Played> part(FlowNode node) {
    return roles.use(node).flatMap(use -> roles.part(use).map(part -> new Played(use, part)));
  }

  private Optional<Receive> receive(Played played) {
    var part = played.part();
    var policy = policies.ofReceive(played.common(), part.operation().wsdl());
    if (part.kind() == MessageKind.FAULT) {
      refuse(
          played,
          Rule.NOT_EXECUTED,
          "Expected to receive a message of the operation '%s', but this receives a %s, which is"
              + " not executed yet.",
          "Catch the fault by an error event on the boundary of what waits for the response.");
      return Optional.empty();
    }
    if (part.isResponse() && !(isResponseTo(played) && isUnnamed(played))) {
      return Optional.empty();
    }
    int acceptAfter = policies.acceptAfter(played.common(), part.operation());
    int relatesTo = relations.of(played.node(), part, played.use().starts());
    return data.keeps(played.common(), played.use().messaging(), part.element())
        .map(
            keeps ->
                new Receive(
                    part.operation().wsdl(),
                    part.kind(),
                    keeps,
                    exchange(played, policies.exchange(played.common())),
                    acceptAfter,
                    relatesTo,
                    policy));
  }

  /** Whether there is a request to which this can be the response. */
  private boolean isResponseTo(Played played) {
    if (played.use().starts()) {
      refuse(
          played,
          Rule.RESPONSE_WITHOUT_REQUEST,
          "Expected an instance to start with the first message of the operation '%s', but this is"
              + " its %s, the response to one that this process would have sent.",
          "Name the message that begins the exchange.");
      return false;
    }
    if (!roles.requests(played.part().operation().name())) {
      refuse(
          played,
          Rule.RESPONSE_WITHOUT_REQUEST,
          "Expected a send task or event that sends the first message of the operation '%s', to"
              + " which this %s is the response, but nothing does.",
          "Send the request before, or use a service task, which sends it and takes the answer.");
      return false;
    }
    return true;
  }

  /** An exchange that a partner began has a name, ours is known by its request. */
  private boolean isUnnamed(Played played) {
    boolean unnamed = policies.exchange(played.common()).isEmpty();
    if (!unnamed) {
      refuse(
          played,
          Rule.SETTING,
          "Expected no parley:messageExchange on a response of the operation '%s', for its %s is"
              + " known by the request that it answers.",
          "Remove the attribute.");
    }
    return unnamed;
  }

  private ExchangeName exchange(Played played, String name) {
    return new ExchangeName(name, partners.participant(played.node()).orElse(""));
  }

  private Optional<Interaction> reply(Played played) {
    var part = played.part();
    if (!roles.hosts(part.operation().name())) {
      refuse(
          played,
          Rule.REPLY_WITHOUT_RECEIVE,
          "Expected the process to receive the first message of the operation '%s' whose %s this"
              + " sends, but nothing receives it.",
          "Receive the operation first, or send its inMessageRef to make a request.");
      return Optional.empty();
    }
    refuseEndpoint(played);
    var exchange = exchange(played, policies.exchangeOfReply(played.common()));
    var fault = part.fault();
    return outgoing(played)
        .map(
            outgoing ->
                new Reply(
                    part.operation().wsdl(),
                    fault == null ? null : part.operation().faultName(fault),
                    outgoing,
                    headers(played),
                    exchange));
  }

  private void refuseEndpoint(Played played) {
    if (played.use().messaging().endpoint() != null) {
      refuse(
          played,
          Rule.REPLY_ENDPOINT,
          "Expected no parley:endpoint on a reply of the operation '%s', for its %s goes where the"
              + " request asked for it.",
          "Remove parley:endpoint, or send another operation's first message.");
    }
  }

  private Optional<Interaction> request(Played played) {
    var operation = played.part().operation();
    boolean answered = operation.hasSecond() && roles.takesResponse(operation.name());
    if (operation.hasSecond() && !answered) {
      findings.warning(
          played.node().location(),
          played.node().id(),
          Rule.RESPONSE_DROPPED,
          "Expected the response of the operation '%s', which is %s, to be taken somewhere, but it is dropped."
              .formatted(operation.model().id(), Operations.pattern(operation)),
          "Use a service task, or receive the response by a receive task or event.");
    }
    var delivery = delivery(played);
    var outgoing = outgoing(played);
    var partner = partner(played);
    return outgoing.flatMap(
        o ->
            partner.map(
                p -> new Send(operation.wsdl(), p, o, headers(played), delivery, answered)));
  }

  /** A fault can be told only to whoever waits for it. */
  private DeliveryPolicy delivery(Played played) {
    var policy = policies.ofSend(played.common());
    if (!played.part().operation().wsdl().pattern().isRobust()) {
      return policy;
    }
    policies.refuseNotToWait(played.common(), played.part().operation());
    return policy.waiting();
  }

  private Optional<Invoke> invoke(Played played) {
    var part = played.part();
    if (!part.isFirst()) {
      return refuseToReply(played);
    }
    var called = roles.callback(played.use());
    var callback = called.flatMap(c -> callbacks.of(played.use(), c));
    var delivery = policies.ofInvoke(played.common(), called.isPresent());
    var outgoing = outgoing(played);
    var keeps = called.isPresent() ? callback.map(_ -> List.<Keep>of()) : kept(played);
    var partner = partner(played);
    if (outgoing.isEmpty() || keeps.isEmpty() || partner.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Invoke(
            part.operation().wsdl(),
            partner.get(),
            outgoing.get(),
            headers(played),
            keeps.get(),
            delivery,
            policies.answerWithin(played.common()).orElse(null),
            callback.orElse(null)));
  }

  private Optional<Invoke> refuseToReply(Played played) {
    refuse(
        played,
        Rule.MESSAGE_NOT_OF_OPERATION,
        "Expected the service task to send the first message of the operation '%s', but its message"
            + " is the %s.",
        "Remove messageRef, or use a send task to reply.");
    return Optional.empty();
  }

  private Optional<Interaction.Outgoing> outgoing(Played played) {
    return data.outgoing(played.common(), played.use().messaging(), played.part().element());
  }

  private Optional<Partner> partner(Played played) {
    var endpoint = compiled(played, played.use().messaging().endpoint());
    return partners
        .of(played.node(), played.part().operation(), endpoint != null)
        .map(found -> new Partner(found.name(), endpoint, found.destination()));
  }

  private @Nullable Expression headers(Played played) {
    return compiled(played, played.use().messaging().headers());
  }

  /** Null where there is none, or where it does not compile, which has been found. */
  private @Nullable Expression compiled(Played played, @Nullable Formal formal) {
    return formal == null ? null : formulas.compile(formal, played.node().id()).orElse(null);
  }

  private Optional<List<Keep>> kept(Played played) {
    var part = played.part();
    var messaging = played.use().messaging();
    if (part.operation().hasSecond()) {
      return data.keeps(played.common(), messaging, part.answer().element());
    }
    findings.warning(
        played.node().location(),
        played.node().id(),
        Rule.NOTHING_TO_KEEP,
        "Expected the service task's operation to have a response, but '%s' is %s: the task ends with the partner's acknowledgement."
            .formatted(part.operation().model().id(), Operations.pattern(part.operation())),
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
