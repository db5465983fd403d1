package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.Interaction;
import dev.parley.deployment.Interaction.Outgoing;
import dev.parley.engine.ProcessInstance.OpenExchange;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.expression.Value;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.Headers;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import java.util.function.Function;

/**
 * Send tasks, message throw and end events and service tasks send, reply and hear what became of
 * it.
 */
final class Sending {
  private Sending() {}

  /** A send task or throw event: the token goes on, unless it waits for the delivery. */
  static void perform(Execution execution, Place place, Interaction interaction) {
    switch (interaction) {
      case Interaction.Reply reply -> {
        reply(execution, place.scope(), reply);
        execution.leave(place);
      }
      case Interaction.Send send -> {
        var body = outgoing(execution, place.scope(), send, send.outgoing());
        if (send.delivery().blocking()) {
          await(execution, place, send, body);
        } else {
          execution.leave(place);
          emit(execution, place.node(), send, new Sent(execution.nextMessageId(), 0, body));
        }
      }
      case Interaction.Receive _, Interaction.Invoke _ ->
          throw new IllegalStateException(
              "Deployment let " + place.id() + " send by " + interaction);
    }
  }

  static void invoke(Execution execution, Place place, Interaction.Invoke invoke) {
    var body = outgoing(execution, place.scope(), invoke, invoke.outgoing());
    await(execution, place, invoke, body);
  }

  private static void await(Execution execution, Place place, Interaction sending, Body body) {
    int token =
        execution.await(
            place,
            () -> {
              var id = execution.nextMessageId();
              return sending instanceof Interaction.Invoke
                  ? new Waiting.ForAnswer(id)
                  : new Waiting.ForDelivery(id);
            });
    var id = Engine.awaited(execution.state().token(token).orElseThrow());
    emit(execution, place.node(), sending, new Sent(id, token, body));
  }

  private record Sent(MessageId id, int token, Body body) {}

  private static Body outgoing(
      Execution execution, int scope, Interaction interaction, Outgoing outgoing) {
    var body =
        interaction.operation().name().isSimpleMessage()
            ? payload(execution, scope, outgoing)
            : build(execution, scope, outgoing);
    execution.data().correlate(scope, keysIn(execution, interaction, MessageKind.INPUT, body));
    return body;
  }

  private static void emit(Execution execution, Node node, Interaction interaction, Sent sent) {
    var operation = interaction.operation();
    execution.emit(
        new Effect.Send(
            sent.id(),
            node.index(),
            sent.token(),
            operation.name(),
            operation.pattern().first(),
            sent.body(),
            Headers.NONE));
  }

  /**
   * Answers the open exchange the interaction names (WS-BPEL 2.0, 10.4: missingRequest when there
   * is none).
   */
  static void reply(Execution execution, int scope, Interaction.Reply reply) {
    var body = build(execution, scope, reply.outgoing());
    var exchange =
        execution.state().exchanges().stream().filter(e -> isOf(e, reply)).findFirst().orElse(null);
    if (exchange == null) {
      throw new BpmnError(
          BpmnError.MISSING_REQUEST,
          "Expected an open exchange of '%s' to reply to, but there is none"
              .formatted(reply.operation().name().operation()));
    }
    execution.data().correlate(scope, keysOf(execution, reply, body));
    execution.state().exchanges().remove(exchange);
    execution.emit(new Effect.Reply(exchange.request(), answer(reply, body)));
  }

  /** What became of the message that a token waits for. */
  static void heard(Execution execution, Token token, Input.Outcome outcome) {
    switch (outcome) {
      case Input.Delivered _ -> execution.complete(token);
      case Input.Answered answered -> answered(execution, token, answered.body());
      case Input.Faulted(var _, var fault) -> faulted(execution, token, fault);
      case Input.Undeliverable(var _, boolean timeout, String reason) -> {
        var code = timeout ? BpmnError.DELIVERY_TIMEOUT : BpmnError.DELIVERY_FAILED;
        fail(execution, token, new BpmnError(code, reason));
      }
    }
  }

  private static void answered(Execution execution, Token token, Body body) {
    var place = execution.place(token);
    execution.state().remove(token);
    try {
      if (place.node().element() instanceof Element.ServiceTask(var invoke)) {
        var keys = keysIn(execution, invoke, MessageKind.OUTPUT, body);
        execution.data().correlate(place.scope(), keys);
        execution.data().keep(place.scope(), body, invoke.keeps());
      }
      execution.leave(place);
    } catch (BpmnError error) {
      Failing.raise(execution, place, error);
    }
  }

  private static void faulted(Execution execution, Token token, Fault fault) {
    var error =
        switch (fault) {
          case Fault.Declared(var name, var detail, var reason) ->
              BpmnError.of(name, reason, detail);
          case Fault.Undeclared(var code, var reason, var detail) ->
              BpmnError.of(code, reason, detail);
          case Fault.Gateway gateway -> new BpmnError(BpmnError.DELIVERY_FAILED, gateway.reason());
        };
    fail(execution, token, error);
  }

  static void fail(Execution execution, Token token, BpmnError error) {
    execution.state().remove(token);
    Failing.raise(execution, execution.place(token), error);
  }

  /** Builds an outgoing message; an error that says so where its data is unset or is no element. */
  static Body build(Execution execution, int scope, Outgoing outgoing) {
    return built(execution, scope, outgoing, Value::asBody);
  }

  /** The same for a simple message, which may be JSON or text too. */
  private static Body payload(Execution execution, int scope, Outgoing outgoing) {
    return built(execution, scope, outgoing, Value::asPayload);
  }

  private static Body built(
      Execution execution, int scope, Outgoing outgoing, Function<Value, Body> form) {
    if (outgoing instanceof Outgoing.Nothing) {
      return Body.EMPTY;
    }
    var value = execution.data().outgoing(scope, outgoing);
    if (value == null && outgoing instanceof Outgoing.Item(int item)) {
      throw new BpmnError(
          BpmnError.EXPRESSION_FAILED,
          "Expected data object '%s' to be set before it is sent"
              .formatted(execution.process().items().get(item).name()));
    }
    return execution.computed(() -> form.apply(value == null ? Value.EMPTY : value));
  }

  private static Answer answer(Interaction.Reply reply, Body body) {
    var fault = reply.fault();
    return fault == null
        ? new Answer.Reply(body)
        : new Answer.Faulted(new Fault.Declared(fault, body, fault.getLocalPart()));
  }

  private static boolean isOf(OpenExchange exchange, Interaction.Reply reply) {
    return exchange.operation().equals(reply.operation().name())
        && exchange.name().equals(reply.exchange());
  }

  private static KeySet keysOf(Execution execution, Interaction.Reply reply, Body body) {
    var kind = reply.fault() == null ? MessageKind.OUTPUT : MessageKind.FAULT;
    return keysIn(execution, reply, kind, body);
  }

  private static KeySet keysIn(
      Execution execution, Interaction interaction, MessageKind kind, Body body) {
    return execution
        .process()
        .extraction(interaction.operation().name(), kind)
        .map(e -> KeySet.of(execution.computed(() -> e.extract(body))))
        .orElse(KeySet.NONE);
  }
}
