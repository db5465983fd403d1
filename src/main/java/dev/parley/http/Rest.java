package dev.parley.http;

import dev.parley.message.Answer;
import dev.parley.turn.TurnInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;

/** REST: simple messages, starts of processes, user tasks, what operators do, health. */
public final class Rest implements AutoCloseable {
  private static final int READERS = 2;

  private final Desk desk;
  private final Supplier<Optional<String>> unready;
  private final Messages messages;
  private final Tasks tasks;
  private final Operators operators;

  /** Reading the store pins a virtual thread. */
  private final ExecutorService readers =
      Executors.newFixedThreadPool(
          READERS, Thread.ofPlatform().name("parley-rest-", 0).daemon().factory());

  /**
   * The REST of a gateway.
   *
   * @param maxBytes of a payload
   * @param validate whether bodies are held to their schema
   * @param unready why the gateway takes no messages now; empty when it does
   */
  public Rest(Intake intake, long maxBytes, boolean validate, Supplier<Optional<String>> unready) {
    this.desk = new Desk(intake, readers, maxBytes, validate);
    this.unready = unready;
    this.messages = new Messages(desk);
    this.tasks = new Tasks(desk);
    this.operators = new Operators(desk);
  }

  /** Takes the requests that are for REST. */
  public Handler handler() {
    return new RestHandler(this);
  }

  Reply message(String name, Request request) throws Refusal {
    return messages.post(name, request);
  }

  Operators operators() {
    return operators;
  }

  Tasks tasks() {
    return tasks;
  }

  /** Starts an instance at the none start event, with data by name. */
  Reply start(String process, Request request) throws Refusal {
    var expected =
        desk.deployments()
            .latest(process)
            .map(v -> v.process().data().expected())
            .orElse(List.of());
    var data = DataDocument.read(request, desk.maxBytes(), expected);
    var id = desk.turns().nextInstanceId();
    var answer = desk.intake().submit(new TurnInput.Start(process, id, data));
    return answer instanceof Answer.Faulted(var fault)
        ? Reply.problem(Problem.of(fault, Map.of("process", process)))
        : Reply.json(201, ordered("process", process, "instance", id.toString()));
  }

  Reply health() {
    return unready
        .get()
        .map(why -> Reply.json(503, ordered("status", "not ready", "reason", why)))
        .orElseGet(() -> Reply.json(200, Map.of("status", "ready")));
  }

  private static Map<String, String> ordered(
      String first, String value, String second, String other) {
    var members = new LinkedHashMap<String, String>();
    members.put(first, value);
    members.put(second, other);
    return members;
  }

  @Override
  public void close() {
    readers.shutdown();
  }
}
