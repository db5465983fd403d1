package dev.parley.http;

import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.turn.Explaining;
import dev.parley.turn.Explanation;
import dev.parley.turn.Taker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Request;

/** {@code /explain}: why a message goes, or went, where it does; nothing is written. */
final class Explain {
  private static final String KEY = "key.";

  private final Desk desk;

  Explain(Desk desk) {
    this.desk = desk;
  }

  /** A message that is stored. */
  Reply stored(String text) throws Refusal {
    var id = DeadLetters.id(text);
    Optional<Explanation> explanation =
        id.isEmpty() ? Optional.empty() : desk.read(() -> explaining().explain(id.get()));
    var fault =
        Fault.of(
            FaultKind.UNKNOWN_CONVERSATION,
            "No inbound message of this id is stored",
            "Give the id that the gateway gave the message.");
    return Reply.json(
        200,
        ExplanationDocument.of(
            explanation.orElseThrow(() -> new Refusal(Problem.of(fault, Map.of())))));
  }

  /** A message that is given, and not sent. */
  Reply unsent(Request request) throws Refusal {
    var parameters = Parameters.of(request, Set.of("process", "operation", "messageId", KEY));
    var body = Entity.read(request, desk.maxBytes());
    var taker =
        only(
            Taker.of(
                desk.deployments(),
                body,
                parameters.getOrDefault("process", ""),
                parameters.getOrDefault("operation", "")));
    var message =
        new Message(
            desk.turns().nextId(),
            taker.process(),
            taker.message().operation(),
            taker.message().kind(),
            body,
            headers(parameters, request),
            "");
    return Reply.json(200, ExplanationDocument.of(desk.read(() -> explaining().explain(message))));
  }

  private static Headers headers(Map<String, String> parameters, Request request) {
    var keys =
        parameters.entrySet().stream()
            .filter(p -> p.getKey().startsWith(KEY))
            .collect(
                Collectors.toMap(p -> p.getKey().substring(KEY.length()), Map.Entry::getValue));
    return new Headers(
        parameters.get("messageId"),
        null,
        null,
        null,
        null,
        request.getHeaders().get("Idempotency-Key"),
        keys,
        null,
        List.of());
  }

  private static Taker only(List<Taker> takers) throws Refusal {
    if (takers.size() == 1) {
      return takers.getFirst();
    }
    if (takers.isEmpty()) {
      var fault =
          Fault.of(
              FaultKind.UNKNOWN_OPERATION,
              "No process takes such a message",
              "Correct the body's element, or name the 'operation', or the message, and the"
                  + " 'process'.");
      throw new Refusal(Problem.of(fault, Map.of()));
    }
    throw Refusal.of(
        409,
        "Conflict",
        "Expected the parameters 'process' and 'operation', for several take such a message: %s."
            .formatted(
                takers.stream()
                    .map(t -> t.process() + " " + t.message().operation().operation())
                    .collect(Collectors.joining(", "))));
  }

  private Explaining explaining() {
    return new Explaining(desk.store(), desk.deployments(), desk.intake().time().instant());
  }
}
