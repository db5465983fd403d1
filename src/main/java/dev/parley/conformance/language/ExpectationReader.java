package dev.parley.conformance.language;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes of elements that fit the schema what a case expects, and where it looks. */
final class ExpectationReader {
  private ExpectationReader() {}

  static Step expectation(Tag tag) {
    return switch (tag.name()) {
      case "expect-message" ->
          new Step.ExpectMessage(
              tag.at(),
              tag.get("at"),
              tag.find("operation"),
              tag.find("messageId"),
              tag.number("times").orElse(1),
              tag.is("anyOrder"),
              head(tag),
              tag.tag("fault").map(ExpectationReader::blame),
              tag.body());
      case "expect-reply" -> new Step.ExpectReply(tag.at(), tag.get("to"), head(tag), tag.body());
      case "expect-fault" ->
          new Step.ExpectFault(tag.at(), tag.get("to"), blame(tag), tag.number("status"));
      case "expect-accepted" -> new Step.ExpectAccepted(tag.at(), tag.get("to"));
      case "expect-status" ->
          new Step.ExpectStatus(tag.at(), tag.get("to"), Integer.parseInt(tag.get("status")));
      case "expect-answer" -> answer(tag);
      case "expect-waiting" -> new Step.ExpectWaiting(tag.at(), tag.get("to"));
      case "expect-broken" -> new Step.ExpectBroken(tag.at(), tag.get("to"));
      default -> throw StepReader.unknown(tag);
    };
  }

  private static Head head(Tag tag) {
    return new Head(
        tag.find("soap"),
        tag.find("addressing").map(AddressingVersion::of),
        tag.find("action"),
        tag.find("relatesTo"),
        LetterReader.blocks(tag),
        tag.tags().stream()
            .filter(t -> t.name().equals("keep"))
            .map(t -> new Head.Keep(t.get("name"), t.name("element").orElseThrow()))
            .toList());
  }

  private static Blame blame(Tag tag) {
    return new Blame(
        tag.find("code").map("Sender"::equals), tag.name("detail"), tag.find("reason"), tag.body());
  }

  private static Step answer(Tag tag) {
    return new Step.ExpectAnswer(
        tag.at(),
        tag.get("to"),
        tag.number("status"),
        tag.find("state"),
        tag.find("problem"),
        LetterReader.payload(tag));
  }

  static Step inspection(Tag tag) {
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
      default -> throw StepReader.unknown(tag);
    };
  }

  private static Map<String, Step.Datum> data(Tag tag) {
    var data = new LinkedHashMap<String, Step.Datum>();
    tag.tags().forEach(t -> data.put(t.get("name"), new Step.Datum(t.body(), t.text().strip())));
    return data;
  }
}
