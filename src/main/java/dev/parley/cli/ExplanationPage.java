package dev.parley.cli;

import java.io.PrintWriter;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** An explanation for human beings: a few lines, indented. */
final class ExplanationPage {
  private final JsonNode explanation;
  private final PrintWriter out;

  private ExplanationPage(JsonNode explanation, PrintWriter out) {
    this.explanation = explanation;
    this.out = out;
  }

  static void print(JsonNode explanation, PrintWriter out) {
    new ExplanationPage(explanation, out).print();
  }

  private void print() {
    String what = "%s of process %s".formatted(text("operation"), text("process"));
    out.println(explanation.has("id") ? "Message %s: %s".formatted(text("id"), what) : what);
    if (explanation.has("state")) {
      outcome();
    }
    for (var identity : explanation.path("identities")) {
      line(
          1,
          "identity %s %s: %s"
              .formatted(
                  text(identity, "kind"),
                  text(identity, "value"),
                  identity.has("seenIn")
                      ? "seen, in message " + text(identity, "seenIn")
                      : "not seen"));
    }
    explanation.path("versions").forEach(this::version);
    if (explanation.has("failure")) {
      line(1, "refused as InvalidMessage: %s".formatted(text("failure")));
    }
    if (explanation.has("repeats")) {
      repetition();
    }
    if (explanation.has("decision")) {
      decision(explanation.path("decision"));
    }
  }

  private void repetition() {
    String told =
        explanation.has("fault")
            ? "with the fault %s: %s".formatted(text("fault"), text("reason"))
            : "as that one";
    line(1, "it would be taken for message %s, and answered %s".formatted(text("repeats"), told));
  }

  /** What became of a stored message. */
  private void outcome() {
    line(1, "it is %s".formatted(text("state")));
    var taken = explanation.path("taken");
    if (!taken.isMissingNode()) {
      line(
          2,
          "taken by instance %s (%s) at %s, which went through %s"
              .formatted(
                  text(taken, "instance"),
                  text(taken, "status"),
                  text(taken, "at"),
                  list(taken.path("path"))));
    }
    var letter = explanation.path("deadLetter");
    if (!letter.isMissingNode()) {
      line(
          2,
          "a dead letter since %s: %s, %s"
              .formatted(text(letter, "at"), text(letter, "reason"), text(letter, "text")));
    }
    if (explanation.has("answer")) {
      line(2, "its answer: %s".formatted(text("answer")));
    }
    if (explanation.has("expires")) {
      line(2, "it expires at %s".formatted(text("expires")));
    }
  }

  private void version(JsonNode version) {
    line(
        1,
        "version %s of the process%s"
            .formatted(
                text(version, "version"),
                version.path("receives").asBoolean() ? "" : ", which takes no such message"));
    for (var key : version.path("keys")) {
      line(
          2,
          "key %s %s"
              .formatted(
                  text(key, "key"), key.has("value") ? "= " + text(key, "value") : "is absent"));
      key.path("properties").forEach(this::property);
    }
  }

  private void property(JsonNode property) {
    String found =
        property.has("failure")
            ? "failed: " + text(property, "failure")
            : property.has("value") ? "gives " + text(property, "value") : "selects nothing";
    String path =
        property.has("path")
            ? "%s %s".formatted(text(property, "path"), found)
            : "has no expression for this message";
    String given = property.has("given") ? "; its sender says " + text(property, "given") : "";
    line(3, "%s: %s%s".formatted(text(property, "property"), path, given));
  }

  private void decision(JsonNode decision) {
    for (var receive : decision.path("enabled")) {
      line(
          1,
          "enabled receive: %s in instance %s"
              .formatted(text(receive, "element"), text(receive, "instance")));
    }
    decision.path("candidates").forEach(this::candidate);
    if (decision.has("start")) {
      line(1, "it can start an instance, at %s".formatted(text(decision, "start")));
    }
    if (decision.path("waiting").asInt() > 0) {
      line(
          1,
          "such messages that wait for this conversation already: %s"
              .formatted(text(decision, "waiting")));
    }
    line(1, "now it %s".formatted(outcome(decision.path("outcome"))));
    line(2, "because %s".formatted(text(decision, "because")));
    for (var setting : decision.path("settings")) {
      line(
          2,
          "%s=%s, said by %s"
              .formatted(text(setting, "setting"), text(setting, "value"), text(setting, "from")));
    }
  }

  private void candidate(JsonNode candidate) {
    line(
        1,
        "instance %s, version %s, %s; %s; %s"
            .formatted(
                text(candidate, "instance"),
                text(candidate, "version"),
                candidate.path("live").asBoolean()
                    ? "runs and is at " + list(candidate.path("waitsAt"))
                    : "holds the key no longer, or has ended",
                (candidate.path("belongs").asBoolean()
                        ? "the message belongs to "
                        : "another key differs from ")
                    + list(candidate.path("keys")),
                candidate.path("canReceive").asBoolean()
                    ? "it may come to a receive for it"
                    : "no receive for it follows"));
  }

  private static String outcome(JsonNode outcome) {
    return switch (text(outcome, "state")) {
      case "consumed" ->
          "would be consumed by instance %s at %s"
              .formatted(text(outcome, "instance"), text(outcome, "element"));
      case "started" -> "would start an instance at " + text(outcome, "element");
      case "queued" ->
          outcome.has("expires")
              ? "would wait, until %s at the latest".formatted(text(outcome, "expires"))
              : "would wait, until its conversation ends at the latest";
      case "discarded" -> "would be accepted and dropped";
      default ->
          "would be refused as %s: %s".formatted(text(outcome, "fault"), text(outcome, "reason"));
    };
  }

  private static String list(JsonNode values) {
    return values.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
  }

  private String text(String member) {
    return text(explanation, member);
  }

  private static String text(JsonNode node, String member) {
    return node.path(member).asString();
  }

  private void line(int depth, String text) {
    out.println("  ".repeat(depth) + text);
  }
}
