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
import dev.parley.store.Rows.MessageState;
import dev.parley.turn.Turns;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** {@code POST /messages/{name}}: the simple message protocol. */
final class Messages {
  private static final String KEY = "key.";

  private final Intake intake;
  private final Turns turns;
  private final ExecutorService readers;
  private final long maxBytes;

  /**
   * @param readers threads on which the store may be read
   */
  Messages(Intake intake, ExecutorService readers, long maxBytes) {
    this.intake = intake;
    this.turns = intake.turns();
    this.readers = readers;
    this.maxBytes = maxBytes;
  }

  Reply post(String name, Request request) throws Refusal {
    var parameters = Parameters.of(request, Set.of("process", KEY));
    String process = process(name, parameters.get("process"));
    var message = message(name, process, request, keys(parameters));
    var answer = intake.submit(message);
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
        turns
            .deployments()
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
        turns.nextId(),
        process,
        OperationName.ofMessage(name),
        MessageKind.INPUT,
        Entity.read(request, maxBytes),
        Headers.simple(idempotencyKey, keys),
        "");
  }

  /** What has become of it, or of the message that it repeats. */
  private Reply accepted(Message message) {
    var row = CompletableFuture.supplyAsync(() -> row(message), readers).join();
    String name = message.operation().operation();
    var answer = row.map(MessageRow::answer);
    if (answer.isPresent() && answer.get() instanceof Answer.Faulted(var fault)) {
      return Reply.problem(Problem.of(fault, name, message.process()));
    }
    var document = new LinkedHashMap<String, Object>();
    document.put("message", name);
    document.put("process", message.process());
    row.ifPresent(r -> describe(r, document));
    boolean queued = row.filter(r -> r.state() == MessageState.WAITING).isPresent();
    return Reply.json(queued ? 202 : 200, document);
  }

  private static void describe(MessageRow row, Map<String, Object> document) {
    document.put("id", row.id().toString());
    document.put(
        "state",
        row.state() == MessageState.WAITING
            ? "queued"
            : row.state().name().toLowerCase(Locale.ROOT));
    var instance = row.instance();
    if (instance != null) {
      document.put("instance", instance.toString());
    }
    var expires = row.expiresAt();
    if (expires != null && row.state() == MessageState.WAITING) {
      document.put("expires", expires.toString());
    }
  }

  private Optional<MessageRow> row(Message message) {
    var store = turns.store();
    var identities = Turns.arrival(message, turns.deployments()).identities();
    var bearers = store.identities(identities).values();
    var ids =
        Stream.concat(bearers.stream().map(IdentityRow::message), Stream.of(message.id()))
            .distinct()
            .toList();
    var rows = store.messages(ids);
    return ids.stream().map(rows::get).flatMap(Stream::ofNullable).findFirst();
  }
}
