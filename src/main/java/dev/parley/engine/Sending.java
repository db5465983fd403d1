package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.Element;
import dev.parley.deployment.Interaction;
import dev.parley.deployment.Interaction.Invoke;
import dev.parley.deployment.Interaction.Keep;
import dev.parley.deployment.Interaction.Outgoing;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.expression.Value;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.Headers;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.wsdl.Operation;
import java.util.List;
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
      case Interaction.Send send -> send(execution, place, send);
      case Interaction.Receive _, Interaction.Invoke _ ->
          throw new IllegalStateException(
              "Deployment let " + place.id() + " send by " + interaction);
    }
  }

  private static void send(Execution execution, Place place, Interaction.Send send) {
    var headers = Partnering.headers(execution, place.scope(), send.partner(), send.headers());
    var body = outgoing(execution, place.scope(), send.operation(), send.outgoing());
    MessageId id;
    int token;
    if (send.delivery().blocking()) {
      token = await(execution, place, Waiting.ForDelivery::new);
      id = awaited(execution, token);
    } else {
      execution.leave(place);
      id = execution.nextMessageId();
      token = send.isAnswered() ? Effect.Send.RESPONSE : Effect.Send.NOBODY;
    }
    Responses.expect(execution, place, send, id);
    emit(execution, place, send.operation(), new Sent(id, token, body, headers));
  }

  static void invoke(Execution execution, Place place, Invoke invoke) {
    var headers = Partnering.headers(execution, place.scope(), invoke.partner(), invoke.headers());
    var body = outgoing(execution, place.scope(), invoke.operation(), invoke.outgoing());
    boolean calledBack = invoke.callback() != null;
    int token =
        await(execution, place, calledBack ? Waiting.ForCallback::new : Waiting.ForAnswer::new);
    if (calledBack) {
      Callbacks.bound(execution, place, token, invoke);
    }
    var sent = new Sent(awaited(execution, token), token, body, headers);
    emit(execution, place, invoke.operation(), sent);
  }

  private static int await(Execution execution, Place place, Function<MessageId, Waiting> what) {
    return execution.await(place, () -> what.apply(execution.nextMessageId()));
  }

  private static MessageId awaited(Execution execution, int token) {
    return Engine.awaited(execution.state().token(token).orElseThrow());
  }

  private record Sent(MessageId id, int token, Body body, Headers headers) {}

  private static Body outgoing(
      Execution execution, int scope, Operation operation, Outgoing outgoing) {
    var body =
        operation.name().isSimpleMessage()
            ? payload(execution, scope, outgoing)
            : build(execution, scope, outgoing);
    var keys = keysIn(execution, operation, operation.pattern().first(), body);
    execution.data().correlate(scope, keys);
    return body;
  }

  private static void emit(Execution execution, Place place, Operation operation, Sent sent) {
    execution.emit(
        new Effect.Send(
            sent.id(),
            place.node().index(),
            place.scope(),
            sent.token(),
            operation.name(),
            operation.pattern().first(),
            sent.body(),
            sent.headers()));
  }

  /**
   * Answers the open exchange the interaction names (WS-BPEL 2.0, 10.4: missingRequest when there
   * is none).
   */
  static void reply(Execution execution, int scope, Interaction.Reply reply) {
    var body = build(execution, scope, reply.outgoing());
    var blocks = Partnering.blocks(execution, scope, reply.headers());
    var kind = reply.fault() == null ? reply.operation().pattern().answer() : MessageKind.FAULT;
    var exchange = Exchanges.meant(execution, scope, reply);
    execution.data().correlate(scope, keysIn(execution, reply.operation(), kind, body));
    execution.state().exchanges().remove(exchange);
    execution.emit(new Effect.Reply(exchange.request(), answer(reply, body, blocks)));
  }

  /** What became of the message that a token waits for. */
  static void heard(Execution execution, Token token, Input.Outcome outcome) {
    switch (outcome) {
      case Input.Delivered _ -> {
        if (!(token.waiting() instanceof Waiting.ForCallback)) {
          execution.complete(token);
        }
      }
      case Input.Answered answered -> {
        if (token.waiting() instanceof Waiting.ForCallback) {
          Callbacks.acknowledged(execution, token, answered);
        } else {
          answered(execution, token, answered);
        }
      }
      case Input.Faulted(var sent, var fault) -> {
        Responses.forget(execution, sent);
        fail(execution, token, error(fault));
      }
      case Input.Undeliverable undeliverable -> {
        Responses.forget(execution, undeliverable.sent());
        fail(execution, token, error(undeliverable));
      }
    }
  }

  private static void answered(Execution execution, Token token, Input.Answered answered) {
    var place = execution.place(token);
    execution.state().remove(token);
    try {
      if (place.node().element() instanceof Element.ServiceTask(var invoke)) {
        keep(execution, place.scope(), invoke.operation(), invoke.keeps(), answered);
      }
      execution.leave(place);
    } catch (BpmnError error) {
      Failing.raise(execution, place, error);
    }
  }

  /** The response that another node takes than the one that sent the request. */
  static void keep(Execution execution, int scope, Receive receive, Input.Answered answered) {
    keep(execution, scope, receive.operation(), receive.keeps(), answered);
  }

  private static void keep(
      Execution execution,
      int scope,
      Operation operation,
      List<Keep> keeps,
      Input.Answered answered) {
    var body = answered.body();
    execution
        .data()
        .correlate(scope, keysIn(execution, operation, operation.pattern().answer(), body));
    execution.data().keep(scope, body, answered.blocks(), keeps);
  }

  static BpmnError error(Fault fault) {
    return switch (fault) {
      case Fault.Declared(var name, var detail, var reason) -> BpmnError.of(name, reason, detail);
      case Fault.Undeclared(var code, var reason, var detail) -> BpmnError.of(code, reason, detail);
      case Fault.Gateway gateway -> new BpmnError(BpmnError.DELIVERY_FAILED, gateway.reason());
    };
  }

  static BpmnError error(Input.Undeliverable undeliverable) {
    return new BpmnError(
        undeliverable.timeout() ? BpmnError.DELIVERY_TIMEOUT : BpmnError.DELIVERY_FAILED,
        undeliverable.reason());
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

  private static Answer answer(Interaction.Reply reply, Body body, List<Body> blocks) {
    var fault = reply.fault();
    return fault == null
        ? new Answer.Reply(body, blocks)
        : new Answer.Faulted(new Fault.Declared(fault, body, fault.getLocalPart()));
  }

  static KeySet keysIn(Execution execution, Operation operation, MessageKind kind, Body body) {
    return execution
        .process()
        .extraction(operation.name(), kind)
        .map(e -> KeySet.of(execution.computed(() -> e.extract(body))))
        .orElse(KeySet.NONE);
  }
}
