package dev.parley.conformance.language;

import dev.parley.conformance.language.Behaviour.Deed;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Makes steps of elements that fit the schema. */
final class StepReader {
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
      case "send", "start", "complete", "duplicate", "replay" -> traffic(tag);
      case "concurrently" -> new Step.Concurrently(tag.at(), all(tag));
      case "disconnect" -> new Step.Disconnect(tag.at(), tag.get("of"));
      case "suspend" -> new Step.Suspension(tag.at(), tag.get("of"), false);
      case "resume" -> new Step.Suspension(tag.at(), tag.get("of"), true);
      case "nothing-else" -> new Step.NothingElse(tag.at());
      case "advance" -> new Step.Advance(tag.at(), Duration.parse(tag.get("by")));
      case "crash" ->
          new Step.Crash(tag.at(), tag.find("at"), tag.number("times").orElse(1), steps(tag));
      case "restart" -> new Step.Restart(tag.at());
      case "instance", "instances", "queue", "dead-letter" -> ExpectationReader.inspection(tag);
      default -> ExpectationReader.expectation(tag);
    };
  }

  private static Step settings(Tag tag) {
    return new Step.Settings(
        tag.at(),
        tag.find("now").map(text -> OffsetDateTime.parse(text).toInstant()),
        tag.duration("replyWithin"),
        tag.find("validate").map(_ -> tag.is("validate")),
        tag.tag("configuration").map(Tag::text));
  }

  private static List<Step.Traffic> all(Tag tag) {
    return tag.tags().stream().map(StepReader::traffic).toList();
  }

  private static Step.Traffic traffic(Tag tag) {
    var id = tag.find("id");
    return switch (tag.name()) {
      case "duplicate" ->
          new Step.Duplicate(tag.at(), tag.get("of"), id.orElseGet(() -> tag.get("of") + "-again"));
      case "replay" ->
          new Step.Replay(
              tag.at(),
              tag.get("of"),
              id.orElseGet(() -> tag.get("of") + "-replayed"),
              LetterReader.payload(tag));
      case "start" ->
          new Step.Start(
              tag.at(),
              id.orElseGet(() -> tag.get("process")),
              tag.get("process"),
              LetterReader.given(tag));
      case "complete" ->
          new Step.Complete(
              tag.at(),
              id.orElseGet(() -> tag.get("task")),
              tag.get("task"),
              tag.find("process"),
              LetterReader.given(tag));
      default -> LetterReader.send(tag);
    };
  }

  private static Step partner(Tag tag) {
    return new Step.Partner(
        tag.at(), tag.get("name"), tag.tags().stream().map(StepReader::behaviour).toList());
  }

  private static Behaviour behaviour(Tag tag) {
    var deed =
        switch (tag.name()) {
          case "answer" -> new Deed.Answer(LetterReader.blocks(tag), tag.body());
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
                        t.tags().stream().map(LetterReader::send).toList()));
    return new Behaviour(
        tag.number("times"), deed, tag.duration("after").orElse(Duration.ZERO), then);
  }

  static IllegalStateException unknown(Tag tag) {
    return new IllegalStateException(
        "Expected the schema to refuse <%s> at %s".formatted(tag.name(), tag.at()));
  }
}
