package dev.parley.conformance.language;

import dev.parley.conformance.language.Behaviour.Deed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
      case "send", "duplicate" -> traffic(tag);
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
    if (tag.name().equals("duplicate")) {
      return new Step.Duplicate(
          tag.at(), tag.get("of"), tag.find("id").orElseGet(() -> tag.get("of") + "-again"));
    }
    return send(tag);
  }

  private static Step.Send send(Tag tag) {
    var addressing = new LinkedHashMap<String, String>();
    for (String name : ADDRESSING) {
      tag.find(name).ifPresent(value -> addressing.put(wire(name), value));
    }
    var headers = new LinkedHashMap<String, String>();
    tag.tags().stream()
        .filter(t -> t.name().equals("header"))
        .forEach(t -> headers.put(t.get("name"), t.get("value")));
    tag.find("idempotencyKey").ifPresent(key -> headers.put("Idempotency-Key", key));
    tag.find("contentType").ifPresent(type -> headers.put("Content-Type", type));
    var letter =
        new Letter(
            tag.find("process"),
            tag.get("operation"),
            tag.find("soap"),
            addressing,
            headers,
            tag.tag("text").map(Tag::text),
            tag.body());
    return new Step.Send(tag.at(), tag.find("id").orElseGet(() -> tag.get("operation")), letter);
  }

  private static String wire(String name) {
    return name.equals("messageId")
        ? "MessageID"
        : Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private static Step partner(Tag tag) {
    return new Step.Partner(
        tag.at(),
        tag.get("name"),
        tag.get("protocol").equals("rest"),
        tag.tags().stream().map(StepReader::behaviour).toList());
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
      case "expect-waiting" -> new Step.ExpectWaiting(tag.at(), tag.get("to"));
      case "expect-broken" -> new Step.ExpectBroken(tag.at(), tag.get("to"));
      default -> throw unknown(tag);
    };
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
