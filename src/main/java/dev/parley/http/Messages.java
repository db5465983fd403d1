package dev.parley.http;

import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.turn.Turns;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** {@code POST /messages/{name}}: the simple message protocol. */
final class Messages {
  private static final String KEY = "key.";

  private final Desk desk;

  Messages(Desk desk) {
    this.desk = desk;
  }

  Reply post(String name, Request request) throws Refusal {
    var parameters = Parameters.of(request, Set.of("process", KEY));
    String process = process(name, parameters.get("process"));
    var message = message(name, process, request, keys(parameters));
    var answer = desk.intake().submit(message);
    return answer instanceof Answer.Faulted(var fault)
        ? Reply.problem(Problem.of(fault, name, process))
        : accepted(message);
  }

  private static Map<String, String> keys(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .filter(p -> p.getKey().startsWith(KEY))
        .collect(Collectors.toMap(p -> p.getKey().substring(KEY.length()), Map.Entry::getValue));
  }

  /** The one that is named, or the only one that takes such a message. */
  private String process(String name, @Nullable String named) throws Refusal {
    var receivers =
        desk.deployments()
            .receivers(new MessageName(OperationName.ofMessage(name), MessageKind.INPUT));
    if (named == null && receivers.size() > 1) {
      throw new Refusal(
          Problem.of(
              409,
              "Conflict",
              "Expected the parameter 'process', for several processes take the message '%s': %s."
                  .formatted(name, String.join(", ", receivers))));
    }
    var process = receivers.stream().filter(r -> named == null || r.equals(named)).findFirst();
    return process.orElseThrow(
        () ->
            new Refusal(
                Problem.of(
                    Fault.of(
                        FaultKind.UNKNOWN_OPERATION,
                        named == null
                            ? "No process takes a message '%s'".formatted(name)
                            : "No process '%s' takes a message '%s'".formatted(named, name),
                        "Correct the name, or deploy a process that receives the message without an"
                            + " operation."),
                    name,
                    named == null ? "" : named)));
  }

  private Message message(String name, String process, Request request, Map<String, String> keys)
      throws Refusal {
    String idempotencyKey = request.getHeaders().get("Idempotency-Key");
    return new Message(
        desk.turns().nextId(),
        process,
        OperationName.ofMessage(name),
        MessageKind.INPUT,
        Entity.read(request, desk.maxBytes()),
        Headers.simple(idempotencyKey, keys),
        "");
  }

  /** What has become of it, or of the message that it repeats. */
  private Reply accepted(Message message) {
    var row = desk.read(() -> row(message));
    String name = message.operation().operation();
    var answer = row.map(MessageRow::answer);
    if (answer.isPresent() && answer.get() instanceof Answer.Faulted(var fault)) {
      return Reply.problem(Problem.of(fault, name, message.process()));
    }
    var document = new LinkedHashMap<String, Object>();
    document.put("message", name);
    document.put("process", message.process());
    row.ifPresent(r -> MessageDocument.outcome(r, document));
    return Reply.json(row.map(MessageDocument::status).orElse(200), document);
  }

  private Optional<MessageRow> row(Message message) {
    var store = desk.store();
    var identities = Turns.arrival(message, desk.turns().deployments()).identities();
    var bearers = store.identities(identities).values();
    var ids =
        Stream.concat(bearers.stream().map(IdentityRow::message), Stream.of(message.id()))
            .distinct()
            .toList();
    var rows = store.messages(ids);
    return ids.stream().map(rows::get).flatMap(Stream::ofNullable).findFirst();
  }
}
