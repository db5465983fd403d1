package dev.parley.conformance.language;

import dev.parley.conformance.language.Behaviour.Deed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes steps of elements that fit the schema. */
final class StepReader {
  private static final List<String> ADDRESSING =
      List.of("messageId", "relatesTo", "replyTo", "faultTo");

  private final Function<String, Path> folders;

  /**
   * @param folders where a bundle is, by the path that a case gives
   */
  StepReader(Function<String, Path> folders) {
    this.folders = folders;
  }

  List<Step> steps(Tag tag) {
    var steps = new ArrayList<Step>();
    for (var child : tag.tags()) {
      if (!child.name().equals("description")) {
        steps.add(step(child));
      }
    }
    return steps;
  }

  private Step step(Tag tag) {
    return switch (tag.name()) {
      case "deploy" -> new Step.Deploy(tag.at(), folders.apply(tag.get("bundle")));
      case "settings" -> settings(tag);
      case "partner" -> partner(tag);
      case "send", "start", "complete", "duplicate" -> traffic(tag);
      case "concurrently" -> new Step.Concurrently(tag.at(), all(tag));
      case "nothing-else" -> new Step.NothingElse(tag.at());
      case "advance" -> new Step.Advance(tag.at(), Duration.parse(tag.get("by")));
      case "crash" ->
          new Step.Crash(tag.at(), tag.find("at"), tag.number("times").orElse(1), steps(tag));
      case "restart" -> new Step.Restart(tag.at());
      case "instance", "instances", "queue", "dead-letter" -> inspection(tag);
      default -> expectation(tag);
    };
  }

  private static Step settings(Tag tag) {
    return new Step.Settings(
        tag.at(),
        tag.find("now").map(text -> OffsetDateTime.parse(text).toInstant()),
        tag.duration("replyWithin"),
        tag.find("validate").map(_ -> tag.is("validate")));
  }

  private static List<Step.Traffic> all(Tag tag) {
    return tag.tags().stream().map(StepReader::traffic).toList();
  }

  private static Step.Traffic traffic(Tag tag) {
    var id = tag.find("id");
    return switch (tag.name()) {
      case "duplicate" ->
          new Step.Duplicate(tag.at(), tag.get("of"), id.orElseGet(() -> tag.get("of") + "-again"));
      case "start" ->
          new Step.Start(
              tag.at(), id.orElseGet(() -> tag.get("process")), tag.get("process"), given(tag));
      case "complete" ->
          new Step.Complete(
              tag.at(),
              id.orElseGet(() -> tag.get("task")),
              tag.get("task"),
              tag.find("process"),
              given(tag));
      default -> send(tag);
    };
  }

  private static Step.Send send(Tag tag) {
    var letter = tag.find("message").isPresent() ? simple(tag) : soap(tag);
    return new Step.Send(tag.at(), tag.find("id").orElse(letter.name()), letter);
  }

  private static Letter soap(Tag tag) {
    var addressing = new LinkedHashMap<String, String>();
    for (String name : ADDRESSING) {
      tag.find(name).ifPresent(value -> addressing.put(wire(name), value));
    }
    return new Letter.Soap(
        tag.find("process"),
        tag.get("operation"),
        tag.find("soap"),
        addressing,
        headers(tag),
        tag.tag("text").map(Tag::text),
        tag.body());
  }

  private static Letter simple(Tag tag) {
    return new Letter.Simple(
        tag.find("process"), tag.get("message"), pairs(tag, "key"), headers(tag), payload(tag));
  }

  private static Map<String, String> headers(Tag tag) {
    var headers = pairs(tag, "header");
    tag.find("idempotencyKey").ifPresent(key -> headers.put("Idempotency-Key", key));
    tag.find("contentType").ifPresent(type -> headers.put("Content-Type", type));
    return headers;
  }

  private static Map<String, String> pairs(Tag tag, String element) {
    var pairs = new LinkedHashMap<String, String>();
    tag.tags().stream()
        .filter(t -> t.name().equals(element))
        .forEach(t -> pairs.put(t.get("name"), t.get("value")));
    return pairs;
  }

  private static Optional<Payload> payload(Tag tag) {
    return tag.tag("json")
        .flatMap(t -> Json.parse(t.text()))
        .<Payload>map(Payload.OfJson::new)
        .or(() -> tag.tag("text").map(t -> new Payload.OfText(t.text())))
        .or(() -> tag.body().map(Payload.OfXml::new));
  }

  private static Map<String, Payload> given(Tag tag) {
    var data = new LinkedHashMap<String, Payload>();
    for (var datum : tag.tags()) {
      data.put(
          datum.get("name"),
          payload(datum).orElseGet(() -> new Payload.OfText(datum.text().strip())));
    }
    return data;
  }

  private static String wire(String name) {
    return name.equals("messageId")
        ? "MessageID"
        : Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static Step partner(Tag tag) {
    return new Step.Partner(
        tag.at(), tag.get("name"), tag.tags().stream().map(StepReader::behaviour).toList());
  }

  private static Behaviour behaviour(Tag tag) {
    var deed =
        switch (tag.name()) {
          case "answer" -> new Deed.Answer(tag.body());
          case "accept" -> new Deed.Accept();
          case "fault" ->
              new Deed.SoapFault(tag.get("code").equals("Sender"), tag.get("reason"), tag.body());
          case "status" -> new Deed.Status(Integer.parseInt(tag.get("code")));
          case "silence" -> new Deed.Silence();
          case "refuse" -> new Deed.Refuse();
          case "break" -> new Deed.Break();
          default -> throw unknown(tag);
        };
    var then =
        tag.tag("then")
            .map(
                t ->
                    new Behaviour.Callback(
                        t.duration("after").orElse(Duration.ZERO),
                        t.tags().stream().map(StepReader::send).toList()));
    return new Behaviour(
        tag.number("times"), deed, tag.duration("after").orElse(Duration.ZERO), then);
  }

  private static Step expectation(Tag tag) {
    return switch (tag.name()) {
      case "expect-message" ->
          new Step.ExpectMessage(
              tag.at(),
              tag.get("at"),
              tag.find("operation"),
              tag.find("messageId"),
              tag.number("times").orElse(1),
              tag.is("anyOrder"),
              tag.body());
      case "expect-reply" -> new Step.ExpectReply(tag.at(), tag.get("to"), tag.body());
      case "expect-fault" ->
          new Step.ExpectFault(
              tag.at(),
              tag.get("to"),
              tag.find("code").map("Sender"::equals),
              tag.name("detail"),
              tag.number("status"),
              tag.find("reason"),
              tag.body());
      case "expect-accepted" -> new Step.ExpectAccepted(tag.at(), tag.get("to"));
      case "expect-status" ->
          new Step.ExpectStatus(tag.at(), tag.get("to"), Integer.parseInt(tag.get("status")));
      case "expect-answer" -> answer(tag);
      case "expect-waiting" -> new Step.ExpectWaiting(tag.at(), tag.get("to"));
      case "expect-broken" -> new Step.ExpectBroken(tag.at(), tag.get("to"));
      default -> throw unknown(tag);
    };
  }

  private static Step answer(Tag tag) {
    return new Step.ExpectAnswer(
        tag.at(),
        tag.get("to"),
        tag.number("status"),
        tag.find("state"),
        tag.find("problem"),
        payload(tag));
  }

  private static Step inspection(Tag tag) {
    return switch (tag.name()) {
      case "instance" ->
          new Step.Instance(
              tag.at(),
              tag.find("of"),
              tag.find("process"),
              tag.find("key"),
              tag.find("state"),
              tag.find("waitingAt").map(ids -> List.of(ids.split("\\s+", -1))),
              data(tag));
      case "instances" ->
          new Step.Instances(
              tag.at(), tag.find("process"), tag.find("state"), Integer.parseInt(tag.get("count")));
      case "queue" ->
          new Step.Queue(tag.at(), tag.find("of"), tag.find("operation"), tag.number("count"));
      case "dead-letter" ->
          new Step.DeadLetter(
              tag.at(),
              tag.find("of"),
              tag.find("operation"),
              tag.find("reason"),
              tag.number("count"));
      default -> throw unknown(tag);
    };
  }

  private static Map<String, Step.Datum> data(Tag tag) {
    var data = new LinkedHashMap<String, Step.Datum>();
    tag.tags().forEach(t -> data.put(t.get("name"), new Step.Datum(t.body(), t.text().strip())));
    return data;
  }

  private static IllegalStateException unknown(Tag tag) {
    return new IllegalStateException(
        "Expected the schema to refuse <%s> at %s".formatted(tag.name(), tag.at()));
  }
}
