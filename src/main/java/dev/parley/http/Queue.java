package dev.parley.http;

import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Id;
import dev.parley.message.InstanceId;
import dev.parley.store.Overview.QueueCount;
import dev.parley.store.Overview.QueueFilter;
import dev.parley.turn.Explaining;
import dev.parley.turn.QueuedMessages;
import dev.parley.turn.TurnInput;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jetty.server.Request;

/** {@code /queue}: messages that wait, and why. */
final class Queue {
  private final Desk desk;

  Queue(Desk desk) {
    this.desk = desk;
  }

  /** By id, after one of them; with how many of each operation wait. */
  Reply list(Request request) throws Refusal {
    var parameters = Parameters.of(request, Set.of("process", "operation", "limit", "after"));
    var filter =
        new QueueFilter(
            parameters.getOrDefault("process", ""), parameters.getOrDefault("operation", ""));
    var page = Page.of(parameters);
    return desk.read(() -> list(filter, page));
  }

  private Reply list(QueueFilter filter, Page page) {
    var messages = messages();
    List<Map<String, Object>> documents =
        messages.list(filter, page.afterMessage(), page.limit()).stream()
            .map(Queue::document)
            .toList();
    var reply = new LinkedHashMap<String, Object>();
    reply.put("messages", documents);
    reply.put("counts", messages.counts().stream().map(Queue::document).toList());
    return Reply.json(200, reply);
  }

  private QueuedMessages messages() {
    return new QueuedMessages(
        desk.store(),
        new Explaining(desk.store(), desk.deployments(), desk.intake().time().instant()));
  }

  private static Map<String, Object> document(QueueCount count) {
    var members = new LinkedHashMap<String, Object>();
    members.put("process", count.process());
    members.put("operation", count.operation().operation());
    members.put("messages", count.messages());
    members.put("oldest", Instant.ofEpochMilli(Id.millis(count.oldest().value())).toString());
    return members;
  }

  private static Map<String, Object> document(QueuedMessages.Queued queued) {
    var row = queued.row();
    var members = new LinkedHashMap<String, Object>();
    members.put("id", row.id().toString());
    MessageDocument.origin(row.message(), members);
    MessageDocument.put(members, "expires", row.expiresAt());
    members.put("keys", queued.keys());
    members.put("why", queued.why().name());
    members.put("because", queued.why().text());
    members.put("instances", queued.instances().stream().map(InstanceId::toString).toList());
    return members;
  }

  Reply show(String text) throws Refusal {
    var id = DeadLetters.id(text);
    Optional<QueuedMessages.Queued> queued =
        id.isEmpty() ? Optional.empty() : desk.read(() -> messages().find(id.get()));
    var found = queued.orElseThrow(Queue::unknown);
    var members = document(found);
    MessageDocument.content(found.row().message(), members);
    return Reply.json(200, members);
  }

  private static Refusal unknown() {
    var fault =
        Fault.of(
            FaultKind.UNKNOWN_CONVERSATION,
            "There is no such message, or it waits no longer",
            "List the messages that wait.");
    return new Refusal(Problem.of(fault, Map.of()));
  }

  /** It becomes no dead letter. */
  Reply delete(String text) throws Refusal {
    var id = DeadLetters.id(text).orElseThrow(Queue::unknown);
    return desk.intake().submit(new TurnInput.Act.Remove(id)) instanceof Answer.Faulted(var fault)
        ? Reply.problem(Problem.of(fault, Map.of("id", text)))
        : Reply.json(200, new TreeMap<>(Map.of("id", text, "state", "discarded")));
  }
}
