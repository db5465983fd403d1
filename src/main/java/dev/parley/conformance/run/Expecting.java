package dev.parley.conformance.run;

import dev.parley.conformance.language.Json;
import dev.parley.conformance.language.Payload;
import dev.parley.conformance.language.Step;
import dev.parley.conformance.language.Xml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Holds what senders and partners got against what a case expects. */
final class Expecting {
  private static final int ACCEPTED = 202;
  private static final int REFUSED = 400;

  private final Stage stage;
  private final Tested tested;

  Expecting(Stage stage, Tested tested) {
    this.stage = stage;
    this.tested = tested;
  }

  void expect(Step.Expectation step) {
    // A partner's callback may be on its way still.
    tested.await(() -> stage.isSent(step.to()));
    var sent = stage.sent(step.to());
    if (!(step instanceof Step.ExpectWaiting)) {
      tested.await(() -> sent.outcome().isPresent());
    }
    switch (step) {
      case Step.ExpectReply reply -> reply(sent, reply);
      case Step.ExpectFault fault -> fault(sent, fault);
      case Step.ExpectAccepted _ -> accepted(sent);
      case Step.ExpectStatus(var _, var _, int status) -> status(sent, status);
      case Step.ExpectAnswer answer -> answer(sent, answer);
      case Step.ExpectWaiting _ ->
          sent.outcome().ifPresent(o -> differs("that the sender of '" + sent.id() + "' waits", o));
      case Step.ExpectBroken _ -> broken(sent);
    }
    sent.account();
  }

  private static void differs(String expected, Object actual) {
    throw new Mismatch(expected, actual.toString());
  }

  private static Sent.Outcome outcome(Sent sent, String expected) {
    return sent.outcome()
        .orElseThrow(
            () -> new Mismatch(expected, "that the sender of '" + sent.id() + "' still waits"));
  }

  private static Sent.Outcome.Response response(Sent sent, String expected) {
    var outcome = outcome(sent, expected);
    if (outcome instanceof Sent.Outcome.Response response) {
      return response;
    }
    throw new Mismatch(expected, outcome.toString());
  }

  private void reply(Sent sent, Step.ExpectReply step) {
    String what = "a reply to '%s'".formatted(sent.id());
    var response = response(sent, what + shown(step.body()));
    var envelope = response.envelope();
    boolean isReply = response.status() == 200 && envelope.isPresent();
    if (!isReply || envelope.get().fault().isPresent()) {
      differs(what + shown(step.body()), response);
    }
    body(what, step.body(), envelope.flatMap(Envelope::body));
    new HeadComparison(stage, envelope.get())
        .difference(step.head())
        .ifPresent(d -> differs(what, d + "\n" + envelope.get().whole().indented()));
    stage.keep(step.head(), envelope.get());
  }

  private void fault(Sent sent, Step.ExpectFault step) {
    String what = "a fault to '%s'%s".formatted(sent.id(), FaultComparison.shown(step.fault()));
    var response = response(sent, what);
    var fault = response.envelope().flatMap(Envelope::fault);
    var comparison = new FaultComparison(stage.bindings, step.fault());
    boolean fits =
        comparison.fits(fault) && step.status().map(s -> s == response.status()).orElse(true);
    if (!fits) {
      differs(what + step.status().map(s -> ", HTTP " + s).orElse(""), response);
    }
    body(
        "the detail of a fault to '%s'".formatted(sent.id()),
        step.fault().body(),
        fault.flatMap(Envelope.Fault::detail));
  }

  private static void accepted(Sent sent) {
    String what = "that '%s' is accepted (HTTP 202)".formatted(sent.id());
    var response = response(sent, what);
    if (response.status() != ACCEPTED || !response.entity().isBlank()) {
      differs(what, response);
    }
  }

  private static void status(Sent sent, int status) {
    String what = "HTTP %d to '%s'".formatted(status, sent.id());
    var response = response(sent, what);
    if (response.status() != status) {
      differs(what, response);
    }
  }

  private void answer(Sent sent, Step.ExpectAnswer step) {
    String what =
        "an answer to '%s'%s%s%s"
            .formatted(
                sent.id(),
                step.status().map(s -> ", HTTP " + s).orElse(""),
                step.state().map(s -> ", state " + s).orElse(""),
                step.problem().map(p -> ", problem " + p).orElse(""));
    var response = response(sent, what);
    var document = Json.parse(response.entity());
    boolean fits =
        step.status().map(s -> s == response.status()).orElse(true)
            && step.state().map(s -> is(document, "state", s)).orElse(true)
            && step.problem().map(p -> isProblem(response, document, p)).orElse(true);
    if (!fits) {
      differs(what, response);
    }
    step.body()
        .flatMap(b -> difference(b, response.entity()))
        .ifPresent(d -> differs(what + "\n" + step.body().get().entity(), d + "\n" + response));
  }

  private static boolean is(Optional<Json> document, String member, String value) {
    return document.flatMap(d -> d.member(member)).filter(value::equals).isPresent();
  }

  /** By the whole URI, or by what follows its last colon. */
  private boolean isProblem(
      Sent.Outcome.Response response, Optional<Json> document, String expected) {
    var type = document.flatMap(d -> d.member("type"));
    return response.status() >= REFUSED
        && type.filter(
                t ->
                    stage.bindings.matches(expected, t)
                        || stage.bindings.matches(expected, t.substring(t.lastIndexOf(':') + 1)))
            .isPresent();
  }

  private Optional<String> difference(Payload expected, String actual) {
    return switch (expected) {
      case Payload.OfJson(var json) ->
          Json.parse(actual)
              .map(a -> JsonComparison.difference(json, a, stage.bindings))
              .orElse(Optional.of("no JSON"));
      case Payload.OfXml(var xml) ->
          Xml.parse(actual.getBytes(StandardCharsets.UTF_8))
              .map(a -> Comparison.difference(xml, a, stage.bindings))
              .orElse(Optional.of("no XML"));
      case Payload.OfText(var text) ->
          stage.bindings.matches(text, actual) ? Optional.empty() : Optional.of("another text");
    };
  }

  private static void broken(Sent sent) {
    String what = "that the connection of '%s' broke".formatted(sent.id());
    var outcome = outcome(sent, what);
    if (!(outcome instanceof Sent.Outcome.Broken)) {
      differs(what, outcome);
    }
  }

  /** The partner's next message, or any of those not expected yet. */
  void expect(Step.ExpectMessage step) {
    tested.await(() -> here(step).size() >= step.times());
    var first = take(step, Optional.empty());
    for (int i = 1; i < step.times(); i++) {
      take(step, first.messageId());
    }
  }

  private List<Arrival> here(Step.ExpectMessage step) {
    return stage.unexpected().stream().filter(a -> a.partner().equals(step.partner())).toList();
  }

  private Arrival take(Step.ExpectMessage step, Optional<String> sameId) {
    String what =
        "a message at '%s'%s%s"
            .formatted(
                step.partner(),
                step.fault().map(f -> ", a fault" + FaultComparison.shown(f)).orElse(""),
                shown(step.body()));
    var here = here(step);
    if (here.isEmpty()) {
      throw new Mismatch(what, "none" + (sameId.isPresent() ? " more of that message id" : ""));
    }
    var candidates = step.anyOrder() ? here : here.subList(0, 1);
    Optional<String> problem = Optional.empty();
    for (var arrival : candidates) {
      problem = sameId(arrival, sameId).or(() -> difference(step, arrival));
      if (problem.isEmpty()) {
        stage.expected(arrival);
        arrival.envelope().ifPresent(e -> stage.keep(step.head(), e));
        return arrival;
      }
    }
    throw new Mismatch(
        what,
        problem.orElse("")
            + here.stream()
                .map(a -> "\n" + a.envelope().map(e -> e.whole().indented()).orElse(a.raw()))
                .reduce("", String::concat));
  }

  private static Optional<String> sameId(Arrival arrival, Optional<String> expected) {
    return expected
        .filter(_ -> !expected.equals(arrival.messageId()))
        .map(_ -> "another message id: " + arrival.messageId().orElse("none"));
  }

  private Optional<String> difference(Step.ExpectMessage step, Arrival arrival) {
    if (step.operation().isPresent() && !arrival.action().endsWith(step.operation().get())) {
      return Optional.of("the action '" + arrival.action() + "'");
    }
    var envelope = arrival.envelope();
    if (envelope.isEmpty()) {
      return Optional.of("what is no SOAP envelope");
    }
    return new HeadComparison(stage, envelope.get())
        .difference(step.head())
        .or(
            () ->
                step.fault()
                    .flatMap(
                        f -> new FaultComparison(stage.bindings, f).difference(envelope.get())))
        .or(() -> step.body().flatMap(b -> difference(b, arrival)))
        .or(() -> idDifference(step, arrival));
  }

  /** Looked at last: it is kept of what fits only. */
  private Optional<String> idDifference(Step.ExpectMessage step, Arrival arrival) {
    return step.messageId()
        .filter(id -> !stage.bindings.matches(id, arrival.messageId().orElse("")))
        .map(_ -> "the message id " + arrival.messageId().orElse("(none)"));
  }

  private Optional<String> difference(Xml expected, Arrival arrival) {
    return arrival
        .body()
        .map(b -> Comparison.difference(expected, b, stage.bindings))
        .orElse(Optional.of("a message without a body"));
  }

  private void body(String what, Optional<Xml> expected, Optional<Xml> actual) {
    if (expected.isEmpty()) {
      return;
    }
    if (actual.isEmpty()) {
      differs(what + shown(expected), "an empty body");
    }
    Comparison.difference(expected.get(), actual.orElseThrow(), stage.bindings)
        .ifPresent(d -> differs(what + shown(expected), d + "\n" + actual.get().indented()));
  }

  private String shown(Optional<Xml> body) {
    return body.map(
            b -> "\n" + b.map(t -> stage.bindings.fill(t, Optional.empty())).indented() + "\n")
        .orElse("");
  }
}
