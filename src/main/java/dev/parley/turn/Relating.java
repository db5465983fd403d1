package dev.parley.turn;

import dev.parley.correlation.KeySet;
import dev.parley.correlation.Situation;
import dev.parley.correlation.Situation.Enabled;
import dev.parley.correlation.Situation.Holder;
import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.ProcessInstance.Catch;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.engine.Prospects;
import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.WireId;
import dev.parley.store.Rows.WaitingRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A message that answers one which an instance of its process sent: {@code wsa:RelatesTo} says so,
 * and no key is needed to find the instance. An answer to whom it does not concern any more is
 * decided by its keys alone.
 */
final class Relating {
  private final Journey journey;
  private final Incoming incoming;
  private final Optional<Sent> sent;

  Relating(Journey journey, Incoming incoming) {
    this.journey = journey;
    this.incoming = incoming;
    this.sent = sent(journey.work(), incoming.message());
  }

  /**
   * What is answered.
   *
   * @param node that sent it
   * @param scope that it was sent from
   */
  record Sent(MessageId id, InstanceId instance, int node, int scope) {}

  /** Empty where the message relates to nothing that an instance of its process has sent. */
  static Optional<Sent> sent(View work, Message message) {
    return Optional.ofNullable(message.headers().relatesTo())
        .flatMap(id -> WireId.read(work.storeId(), id.strip()))
        .flatMap(work::outbox)
        .filter(row -> row.message().process().equals(message.process()))
        .flatMap(Outgoings::sent);
  }

  /** Where answers to what an instance has sent wait until it takes them. */
  static Digest digest(InstanceId instance) {
    return Digest.of("answers", instance.toString());
  }

  /** Where an answer to what an instance has sent waits. */
  static WaitingRow slot(InstanceId instance, Message message) {
    var name = MessageName.of(message);
    return new WaitingRow(Subscriptions.slot(name, digest(instance)), message.id());
  }

  Optional<Sent> sent() {
    return sent;
  }

  private Optional<ProcessInstance> sender() {
    return sent.flatMap(s -> journey.work().instance(s.instance())).map(View.Loaded::instance);
  }

  /** The running instance that it is for: it takes the message now, or may do so yet. */
  Optional<ProcessInstance> taker() {
    return sender()
        .filter(ProcessInstance::isLive)
        .filter(i -> !places(i).isEmpty() || canReceive(i));
  }

  private boolean canReceive(ProcessInstance instance) {
    var process = journey.deployments().process(instance);
    return Prospects.mayTake(process, instance, incoming.name(), KeySet.NONE);
  }

  /**
   * An answer to what a running instance has sent is for nobody else.
   *
   * @param others who hold a key of the message
   */
  Situation situation(ProcessInstance instance, List<Holder> others) {
    incoming.isFor(instance.id());
    var holders = new ArrayList<>(List.of(holder(instance)));
    others.stream().filter(h -> !h.instance().equals(instance.id())).forEach(holders::add);
    return new Situation(
        incoming.message().process(),
        incoming.message().operation().operation(),
        incoming.keys(),
        enabled(instance),
        holders,
        OptionalInt.empty(),
        new Room(journey).load(incoming));
  }

  /** Whether it fits a place where an instance can take a message. */
  boolean fits(ProcessInstance instance, int token) {
    var process = journey.deployments().process(instance);
    return instance
        .catchOf(token)
        .filter(c -> fits(process, instance, c, incoming.keys(instance.definition()), sent))
        .isPresent();
  }

  /** Receives that take it; a service task that waits for this very answer is the only one. */
  private List<Enabled> enabled(ProcessInstance instance) {
    var keys = incoming.keys(instance.definition());
    var fitting =
        places(instance).stream()
            .filter(c -> keys.contradiction(instance.keys(c.scope())) < 0)
            .toList();
    var meant = fitting.stream().filter(c -> waitsForIt(instance, c)).toList();
    return (meant.isEmpty() ? fitting : meant)
        .stream().map(c -> new Enabled(instance.id(), c.id(), digest(instance.id()))).toList();
  }

  private boolean waitsForIt(ProcessInstance instance, Catch caught) {
    return instance
        .token(caught.id())
        .filter(t -> t.waiting().equals(new Waiting.ForCallback(sent.orElseThrow().id())))
        .isPresent();
  }

  private List<Catch> places(ProcessInstance instance) {
    var process = journey.deployments().process(instance);
    return instance.catches().stream()
        .filter(_ -> !instance.isSuspended())
        .filter(c -> takes(process.node(c.node())))
        .filter(c -> answers(process, instance, c, sent.orElseThrow()))
        .toList();
  }

  private boolean takes(Node node) {
    return node.element()
        .receive()
        .filter(r -> !r.isResponse() && r.message().equals(incoming.name()))
        .isPresent();
  }

  /** How the instance that it is for stands to it: it belongs there unless its keys say no. */
  private Holder holder(ProcessInstance instance) {
    var keys = incoming.keys(instance.definition());
    boolean belongs =
        instance.scopes().stream().anyMatch(s -> keys.contradiction(instance.keys(s.id())) < 0);
    return new Holder(instance.id(), true, belongs, true, instance.isSuspended());
  }

  /** Whose conversation is over, of a message that has no keys to say otherwise. */
  Optional<Holder> late() {
    return sent.map(s -> new Holder(s.instance(), false, true, false, false));
  }

  /**
   * Whether a message fits a place where an instance can take it: its keys do not contradict, and
   * it answers what was sent there or has a key of the conversation.
   *
   * @param sent what it answers; empty where it answers nothing
   */
  static boolean fits(
      ExecutableProcess process,
      ProcessInstance instance,
      Catch caught,
      KeySet keys,
      Optional<Sent> sent) {
    var set = instance.keys(caught.scope());
    if (keys.contradiction(set) >= 0) {
      return false;
    }
    boolean answersOnly = relatesTo(process, caught) >= 0;
    return sent.filter(s -> s.instance().equals(instance.id()))
            .filter(s -> answers(process, instance, caught, s))
            .isPresent()
        || (!answersOnly && keys.belongsTo(set));
  }

  private static int relatesTo(ExecutableProcess process, Catch caught) {
    return process.node(caught.node()).element().receive().map(r -> r.relatesTo()).orElse(-1);
  }

  private static boolean answers(
      ExecutableProcess process, ProcessInstance instance, Catch caught, Sent sent) {
    int only =
        process.node(caught.node()).element() instanceof Element.ServiceTask
            ? caught.node()
            : relatesTo(process, caught);
    return (only < 0 || only == sent.node()) && isNear(process, instance, caught.scope(), sent);
  }

  /** Whether a scope is the one that a message was sent from, around it or in it. */
  private static boolean isNear(
      ExecutableProcess process, ProcessInstance instance, int scope, Sent sent) {
    return scope(instance, sent.scope()).isPresent()
        ? isAround(instance, sent.scope(), scope) || isAround(instance, scope, sent.scope())
        : wasAround(process, instance, scope, process.node(sent.node()));
  }

  private static boolean isAround(ProcessInstance instance, int scope, int inner) {
    var at = scope(instance, inner);
    while (at.isPresent() && at.get().id() != scope) {
      at = scope(instance, at.get().parent());
    }
    return at.isPresent();
  }

  private static Optional<Scope> scope(ProcessInstance instance, int id) {
    return instance.scopes().stream().filter(s -> s.id() == id).findFirst();
  }

  /** The same of a scope that has ended, by the model: not by another round of the same loop. */
  private static boolean wasAround(
      ExecutableProcess process, ProcessInstance instance, int scope, Node sender) {
    int definition = scope(instance, scope).map(Scope::definition).orElse(-1);
    int own = sender.loop() == null ? sender.scope() : sender.loop().scope();
    int at = process.scope(own).parent();
    while (at >= 0 && at != definition) {
      at = process.scope(at).parent();
    }
    return at >= 0;
  }
}
