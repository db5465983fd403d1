package dev.parley.conformance.language;

import dev.parley.conformance.language.Placeholders.Part;
import dev.parley.finding.Finding;
import dev.parley.finding.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a schema cannot say: everything that a step refers to is there, and comes before it. */
final class CaseCheck {
  private final List<Finding> findings;
  private final Set<String> messages = new LinkedHashSet<>();
  private final Set<String> callbacks = new HashSet<>();
  private final Set<String> astray = new HashSet<>();
  private final Set<String> partners = new LinkedHashSet<>();
  private final Set<String> captures = new HashSet<>();
  private final Contracts contracts = Contracts.SHARED;
  private final Set<Path> bundles = new LinkedHashSet<>();
  private boolean started;

  CaseCheck(List<Finding> findings) {
    this.findings = findings;
  }

  void check(List<Step> steps, Location root) {
    // A callback may answer what is sent later, and expectations may name it.
    steps.forEach(this::declare);
    steps.forEach(this::check);
    if (bundles.isEmpty()) {
      error(
          root,
          "case.no-bundle",
          "Expected a case to deploy a bundle, but found no <deploy>.",
          "Add <deploy bundle=\"patterns/order\"/>.");
    }
  }

  private void declare(Step step) {
    if (step instanceof Step.Partner partner) {
      partner.behaviours().stream()
          .flatMap(b -> b.then().stream())
          .flatMap(t -> t.sends().stream())
          .forEach(s -> callbacks.add(s.id()));
      messages.addAll(callbacks);
    } else if (step instanceof Step.ExpectAnswer answer && answer.isOfNobody()) {
      astray.add(answer.to());
    } else if (step instanceof Step.Deploy deploy && isBundle(deploy)) {
      bundles.add(deploy.bundle());
    }
  }

  private boolean isBundle(Step.Deploy deploy) {
    boolean there = Files.isDirectory(deploy.bundle());
    if (!there) {
      error(
          deploy.at(),
          "case.bundle",
          "Expected a bundle's folder beside the case or in the project, but there is none at %s."
              .formatted(deploy.bundle()),
          "Correct the path.");
      return false;
    }
    var wrong = contracts.findings(deploy.bundle());
    wrong.forEach(
        f ->
            error(
                deploy.at(),
                "case.bundle",
                "Expected a bundle that deploys, but found: %s".formatted(f),
                "Correct the bundle; 'parley check' says all of it."));
    return wrong.isEmpty();
  }

  private void check(Step step) {
    switch (step) {
      case Step.Partner partner -> {
        partners.add(partner.name());
        partner.behaviours().forEach(b -> check(partner.at(), b));
      }
      case Step.Settings settings -> checkFirst(settings);
      case Step.Traffic traffic -> check(traffic);
      case Step.Concurrently(var _, var traffic) -> traffic.forEach(this::check);
      case Step.Crash crash -> crash.during().forEach(this::check);
      case Step.ExpectMessage expected -> check(expected);
      case Step.Expectation expected -> check(expected);
      case Step.Instance instance -> {
        instance.of().ifPresent(of -> known(instance.at(), of));
        instance
            .data()
            .values()
            .forEach(d -> d.element().ifPresent(e -> pattern(instance.at(), e)));
      }
      case Step.Queue queue -> queue.of().ifPresent(of -> known(queue.at(), of));
      case Step.DeadLetter dead -> dead.of().ifPresent(of -> known(dead.at(), of));
      case Step.Deploy _, Step.Instances _, Step.NothingElse _, Step.Advance _, Step.Restart _ -> {}
    }
  }

  private void check(Step.Expectation expected) {
    known(expected.at(), expected.to());
    switch (expected) {
      case Step.ExpectReply(var at, var _, var body) -> body.ifPresent(b -> pattern(at, b));
      case Step.ExpectFault fault -> {
        fault.body().ifPresent(b -> pattern(fault.at(), b));
        fault.reason().ifPresent(r -> pattern(fault.at(), r));
      }
      case Step.ExpectAnswer answer -> {
        answer.body().ifPresent(b -> b.texts().forEach(t -> pattern(answer.at(), t)));
        answer.problem().ifPresent(t -> pattern(answer.at(), t));
      }
      case Step.ExpectAccepted _,
          Step.ExpectStatus _,
          Step.ExpectWaiting _,
          Step.ExpectBroken _ -> {}
    }
  }

  private void checkFirst(Step.Settings settings) {
    if (started) {
      error(
          settings.at(),
          "case.late-settings",
          "Expected <settings> before the first message, but found it after one.",
          "Move it to the top.");
    }
  }

  private void check(Step.Traffic traffic) {
    started = true;
    switch (traffic) {
      case Step.Duplicate duplicate -> known(duplicate.at(), duplicate.of());
      case Step.Send send -> check(send);
      case Step.Start start -> {
        filled(start.at(), start.data());
        addressed(start, contracts.startProblem(bundles, start.process()));
      }
      case Step.Complete complete -> {
        filled(complete.at(), complete.data());
        addressed(complete, contracts.taskProblem(bundles, complete.process(), complete.task()));
      }
    }
    if (!messages.add(traffic.id())) {
      error(
          traffic.at(),
          "case.twice",
          "Expected every message to have an id of its own, but there is another '%s'."
              .formatted(traffic.id()),
          "Give this one another id.");
    }
  }

  private void check(Step.Send send) {
    var letter = send.letter();
    letter.headers().values().forEach(t -> filled(send.at(), t));
    switch (letter) {
      case Letter.Soap soap -> {
        soap.body().ifPresent(b -> b.texts().forEach(t -> filled(send.at(), t)));
        soap.addressing().values().forEach(t -> filled(send.at(), t));
      }
      case Letter.Simple simple -> {
        simple.payload().ifPresent(p -> p.texts().forEach(t -> filled(send.at(), t)));
        simple.keys().values().forEach(t -> filled(send.at(), t));
      }
    }
    contractOf(send);
  }

  private void filled(Location at, Map<String, Payload> data) {
    data.values().forEach(p -> p.texts().forEach(t -> filled(at, t)));
  }

  private void check(Location at, Behaviour behaviour) {
    Optional<Xml> body =
        switch (behaviour.deed()) {
          case Behaviour.Deed.Answer(var xml) -> xml;
          case Behaviour.Deed.SoapFault fault -> fault.detail();
          default -> Optional.empty();
        };
    body.ifPresent(b -> b.texts().forEach(t -> parts(at, t)));
    behaviour.then().ifPresent(then -> then.sends().forEach(send -> contractOf(send)));
  }

  private void contractOf(Step.Send send) {
    addressed(
        send,
        switch (send.letter()) {
          case Letter.Soap soap -> contracts.problem(bundles, soap.process(), soap.name());
          case Letter.Simple simple -> contracts.problem(bundles, simple);
        });
  }

  /** What goes to nobody is a mistake, unless it is to be refused for that. */
  private void addressed(Step.Traffic traffic, Optional<String> problem) {
    problem
        .filter(_ -> !bundles.isEmpty() && !astray.contains(traffic.id()))
        .ifPresent(
            p -> error(traffic.at(), "case.operation", p, "Correct the name or the process."));
  }

  private void check(Step.ExpectMessage expected) {
    if (!partners.contains(expected.partner())) {
      error(
          expected.at(),
          "case.partner",
          "Expected a partner that the case has, but found '%s'; it has: %s."
              .formatted(expected.partner(), String.join(", ", new TreeSet<>(partners))),
          "Add a <partner name=\"%s\"> before, or correct the name.".formatted(expected.partner()));
    }
    expected.body().ifPresent(b -> pattern(expected.at(), b));
    expected.messageId().ifPresent(t -> pattern(expected.at(), t));
  }

  private void known(Location at, String message) {
    if (!messages.contains(message) && !callbacks.contains(message.replaceFirst("-\\d+$", ""))) {
      error(
          at,
          "case.message",
          "Expected a message that was sent before, but found '%s'; there are: %s."
              .formatted(message, String.join(", ", new TreeSet<>(messages))),
          "Send it before, or correct the id.");
    }
  }

  private void pattern(Location at, Xml body) {
    body.texts().forEach(t -> pattern(at, t));
  }

  private void pattern(Location at, String text) {
    for (var part : parts(at, text)) {
      if (part instanceof Part.Name(var name)) {
        captures.add(name);
      }
    }
  }

  /** A text that is sent: what was captured before, and nothing to be matched. */
  private void filled(Location at, String text) {
    for (var part : parts(at, text)) {
      boolean fine =
          switch (part) {
            case Part.Literal _, Part.OfRequest _ -> true;
            case Part.Name(var name) -> captures.contains(name);
            case Part.Any _, Part.Matches _ -> false;
          };
      if (!fine) {
        error(
            at,
            "case.capture",
            "Expected ${name} of something captured before, but found '%s'; captured are: %s."
                .formatted(text.strip(), String.join(", ", new TreeSet<>(captures))),
            "Capture it with ${name} in an expectation before.");
      }
    }
  }

  private List<Part> parts(Location at, String text) {
    try {
      return Placeholders.parse(text);
    } catch (IllegalArgumentException e) {
      error(at, "case.placeholder", e.getMessage() + ".", "See docs/conformance.md.");
      return List.of();
    }
  }

  private void error(Location at, String rule, String problem, String remedy) {
    findings.add(Finding.error(at, "", rule, problem, remedy));
  }
}
