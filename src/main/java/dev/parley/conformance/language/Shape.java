package dev.parley.conformance.language;

import dev.parley.finding.Finding;
import java.util.List;
import java.util.stream.Stream;

/** What the schema cannot say of one element by itself. */
record Shape(List<Finding> findings) {
  private static final List<String> OF_SOAP =
      List.of("soap", "messageId", "relatesTo", "replyTo", "faultTo", "addressing", "to");

  private static final List<String> IN_SOAP = List.of("block", "replyTo", "faultTo");

  /** This element, and all in it. */
  void check(Tag tag) {
    if (tag.name().equals("send")) {
      checkSend(tag);
    }
    if (tag.name().equals("json") && Json.parse(tag.text()).isEmpty()) {
      error(
          tag,
          "case.json",
          "Expected well-formed JSON, but found '%s'.".formatted(tag.text().strip()),
          "Correct it; what is ill-formed on purpose is sent as <text> with"
              + " contentType=\"application/json\".");
    }
    tag.tags().forEach(this::check);
  }

  private void checkSend(Tag send) {
    boolean simple = send.find("message").isPresent();
    if (simple == send.find("operation").isPresent()) {
      error(
          send,
          "case.send",
          "Expected <send> to name an operation (SOAP) or a message (REST), but found %s."
              .formatted(simple ? "both" : "neither"),
          "Name one of them.");
      return;
    }
    checkReference(send, "replyTo");
    checkReference(send, "faultTo");
    var found = simple ? ofSoap(send) : ofRest(send);
    if (!found.isEmpty()) {
      error(
          send,
          "case.send",
          "Expected a %s without %s."
              .formatted(
                  simple ? "simple message over REST" : "message over SOAP",
                  String.join(", ", found)),
          simple
              ? "Take it away, or send an operation."
              : "Take it away, or send a message by its name.");
    }
  }

  private static List<String> ofSoap(Tag send) {
    return Stream.concat(
            OF_SOAP.stream().filter(a -> send.find(a).isPresent()),
            elements(send).filter(IN_SOAP::contains).map(n -> "<" + n + ">"))
        .toList();
  }

  private static List<String> ofRest(Tag send) {
    return elements(send)
        .filter(n -> n.equals("key") || n.equals("json"))
        .map(n -> "<" + n + ">")
        .toList();
  }

  private static Stream<String> elements(Tag send) {
    return send.tags().stream().map(Tag::name).distinct();
  }

  /** An endpoint reference is an attribute, or an element that may hold more. */
  private void checkReference(Tag send, String name) {
    if (send.find(name).isPresent() && send.tag(name).isPresent()) {
      error(
          send,
          "case.send",
          "Expected one %s, but found the attribute and the element <%s>.".formatted(name, name),
          "Take one of them away.");
    }
  }

  private void error(Tag tag, String rule, String problem, String remedy) {
    findings.add(Finding.error(tag.at(), "", rule, problem, remedy));
  }
}
