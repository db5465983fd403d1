package dev.parley.conformance.run;

import dev.parley.conformance.language.Json;
import dev.parley.conformance.language.Letter;
import dev.parley.conformance.language.Payload;
import dev.parley.conformance.language.Step;
import dev.parley.message.MessageId;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What goes to a gateway over REST.
 *
 * @param base scheme, host and port of the gateway
 * @param fill fills placeholders
 */
record RestPost(URI base, UnaryOperator<String> fill) {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Sent message(String id, Letter.Simple letter) {
    var query = new ArrayList<String>();
    letter.process().ifPresent(p -> query.add("process=" + encoded(p)));
    letter
        .keys()
        .forEach(
            (name, value) -> query.add("key." + encoded(name) + "=" + encoded(fill.apply(value))));
    var payload = letter.payload().map(p -> p.map(fill));
    var request =
        HttpRequest.newBuilder(
                base.resolve(
                    "/messages/"
                        + encoded(letter.name())
                        + (query.isEmpty() ? "" : "?" + String.join("&", query))))
            .POST(BodyPublishers.ofString(payload.map(Payload::entity).orElse("")));
    payload.ifPresent(p -> request.setHeader("Content-Type", p.mediaType()));
    letter.headers().forEach((name, value) -> request.setHeader(name, fill.apply(value)));
    return new Sent(id, letter.name(), Optional.empty(), payload, request.build());
  }

  /**
   * @param letter the gateway's number of the message
   */
  Sent replay(Step.Replay step, MessageId letter) {
    var body = step.body().map(b -> b.map(fill));
    var request =
        HttpRequest.newBuilder(base.resolve("/dead-letters/" + letter + "/replay"))
            .POST(BodyPublishers.ofString(body.map(Payload::entity).orElse("")));
    body.ifPresent(b -> request.setHeader("Content-Type", b.mediaType()));
    return new Sent(step.id(), "replay", Optional.empty(), body, request.build());
  }

  Sent start(Step.Start step) {
    return given(
        step.id(), "/processes/%s/instances".formatted(encoded(step.process())), step.data());
  }

  boolean waits(Step.Complete step) {
    return !tasks(step).isEmpty();
  }

  /** The only task of this id that waits now. */
  Sent complete(Step.Complete step) {
    var open = tasks(step);
    if (open.size() != 1) {
      throw new Mismatch(
          "one user task '%s' that waits".formatted(step.task()),
          open.isEmpty() ? "none" : open.toString());
    }
    String number = open.getFirst().path("task").asString();
    return given(step.id(), "/tasks/%s/completion".formatted(encoded(number)), step.data());
  }

  private List<JsonNode> tasks(Step.Complete step) {
    String query = step.process().map(p -> "&process=" + encoded(p)).orElse("");
    var request = HttpRequest.newBuilder(base.resolve("/tasks?limit=1000" + query)).build();
    try {
      var answer = CLIENT.send(request, BodyHandlers.ofString());
      var tasks =
          Json.parse(answer.body())
              .map(d -> d.node().path("tasks"))
              .filter(_ -> answer.statusCode() == 200)
              .orElseThrow(
                  () -> new Mismatch("a list of user tasks", "HTTP " + answer.statusCode()));
      return tasks
          .valueStream()
          .filter(t -> t.path("element").asString().equals(step.task()))
          .toList();
    } catch (IOException e) {
      throw new Mismatch("a list of user tasks", String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Mismatch("a list of user tasks", "that the runner was interrupted");
    }
  }

  private Sent given(String id, String path, Map<String, Payload> data) {
    var members =
        data.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, d -> node(d.getValue().map(fill))));
    var document = new Json(JsonNodeFactory.instance.objectNode().setAll(members));
    var payload = new Payload.OfJson(document);
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", payload.mediaType())
            .POST(BodyPublishers.ofString(payload.entity()));
    return new Sent(id, path, Optional.empty(), Optional.of(payload), request.build());
  }

  /** XML and text are strings there. */
  private static JsonNode node(Payload payload) {
    return payload instanceof Payload.OfJson(var json)
        ? json.node()
        : JsonNodeFactory.instance.stringNode(payload.entity());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
