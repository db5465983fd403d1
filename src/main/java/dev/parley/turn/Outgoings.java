package dev.parley.turn;

import dev.parley.deployment.Destination;
import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.Interaction;
import dev.parley.deployment.Result;
import dev.parley.engine.Effect;
import dev.parley.message.Blob;
import dev.parley.message.BlobReader;
import dev.parley.message.BlobWriter;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import java.time.Instant;
import java.util.Optional;

/**
 * Messages that nodes send. An outbox row's policy is the number of the process definition and of
 * the node, and the scope it was sent from: everything else about its delivery is read from there,
 * see {@link Dispatch}.
 */
final class Outgoings {
  private Outgoings() {}

  static OutboxRow row(
      ProcessVersion version,
      InstanceId instance,
      Effect.Send send,
      Deployments deployments,
      Instant now) {
    var process = version.process();
    var message =
        new Message(
            send.id(),
            process.key(),
            send.operation(),
            send.kind(),
            send.body(),
            send.headers(),
            "");
    var to = send.headers().to();
    var destination = destination(interaction(process.node(send.node())));
    return new OutboxRow(
        message,
        instance,
        send.token(),
        to == null ? endpoint(destination, process.key(), deployments) : to.address(),
        origin(version.definition(), send),
        OutboxState.PENDING,
        0,
        now,
        "");
  }

  private static Blob origin(int definition, Effect.Send send) {
    return new BlobWriter()
        .number(Dispatch.OF_NODE)
        .number(definition)
        .number(send.node())
        .number(send.scope())
        .toBlob();
  }

  /** Where in its instance a message was sent; empty where no node did. */
  static Optional<Relating.Sent> sent(OutboxRow row) {
    var origin = new BlobReader(row.policy());
    if (origin.integer() != Dispatch.OF_NODE) {
      return Optional.empty();
    }
    int _ = origin.integer();
    return Optional.of(
        new Relating.Sent(row.id(), row.instance(), origin.integer(), origin.integer()));
  }

  /** How the message of a node travels; origin is what {@link #row} wrote behind its kind. */
  static Dispatch dispatch(OutboxRow row, BlobReader origin, Deployments deployments) {
    var version = deployments.definition(origin.integer());
    var interaction = interaction(version.process().node(origin.integer()));
    var contract = destination(interaction).contract().orElse(null);
    boolean given = row.headers().to() != null;
    return switch (interaction) {
      case Interaction.Send send ->
          new Dispatch(send.operation(), contract, send.delivery(), null, null, given, false);
      case Interaction.Invoke invoke ->
          new Dispatch(
              invoke.operation(),
              contract,
              invoke.delivery(),
              invoke.callback() == null ? invoke.answerWithin() : null,
              null,
              given,
              false);
      case Interaction.Receive _, Interaction.Reply _ -> throw sendsNothing(interaction);
    };
  }

  private static Destination destination(Interaction interaction) {
    return switch (interaction) {
      case Interaction.Send send -> send.partner().destination();
      case Interaction.Invoke invoke -> invoke.partner().destination();
      case Interaction.Receive _, Interaction.Reply _ -> throw sendsNothing(interaction);
    };
  }

  /** Decided once: every attempt goes to the same place. */
  private static String endpoint(Destination destination, String sender, Deployments deployments) {
    return destination instanceof Destination.Port(var partner)
        ? deployments
            .provider(partner.service().name(), sender)
            .map(key -> new Destination.Hosted(key).address())
            .orElse(destination.address())
        : destination.address();
  }

  /** Whether a node sends an operation's first message to a partner. */
  static boolean sends(Node node) {
    return giving(node)
        .filter(i -> i instanceof Interaction.Send || i instanceof Interaction.Invoke)
        .isPresent();
  }

  private static Interaction interaction(Node node) {
    return giving(node).orElseThrow(() -> new IllegalStateException(node.id() + " sends nothing"));
  }

  private static Optional<Interaction> giving(Node node) {
    return switch (node.element()) {
      case Element.SendTask(var interaction) -> Optional.of(interaction);
      case Element.IntermediateThrowEvent(Result.Message(var interaction)) ->
          Optional.of(interaction);
      case Element.ServiceTask(var invoke) -> Optional.of(invoke);
      case Element.EndEvent(Result.Message(var interaction)) -> Optional.of(interaction);
      default -> Optional.empty();
    };
  }

  private static IllegalStateException sendsNothing(Interaction interaction) {
    return new IllegalStateException(interaction.operation().name() + " is not sent to a partner");
  }
}
