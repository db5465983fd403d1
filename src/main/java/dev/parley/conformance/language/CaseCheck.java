package dev.parley.conformance.language;

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
  private final Set<String> kept = new LinkedHashSet<>();
  private final TextCheck texts;
  private final Contracts contracts = Contracts.SHARED;
  private final Set<Path> bundles = new LinkedHashSet<>();
  private boolean started;

  CaseCheck(List<Finding> findings) {
    this.findings = findings;
    this.texts = new TextCheck(findings);
  }

  void check(List<Step> steps, Location root) {
    // A callback may answer what is sent later, and expectations may name it.
    steps.forEach(this::declare);
    steps.forEach(this::check);
    if (steps.stream().noneMatch(Step.Deploy.class::isInstance)) {
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
      texts.knowPartner(partner.name());
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
    var wrong = contracts.findings(deploy.bundle()).stream().filter(Finding::isError).toList();
    if (!wrong.isEmpty()) {
      error(
          deploy.at(),
          "case.bundle",
          "Expected a bundle that deploys, but it is refused with %d errors, of which the first is %s"
              .formatted(wrong.size(), wrong.getFirst()),
          "Correct the bundle; 'parley check %s' says all of it.".formatted(deploy.bundle()));
    }
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
            .forEach(d -> d.element().ifPresent(e -> texts.patterns(instance.at(), e.texts())));
      }
      case Step.Disconnect(var at, var of) -> known(at, of);
      case Step.Suspension(var at, var of, boolean _) -> known(at, of);
      case Step.Queue queue -> queue.of().ifPresent(of -> known(queue.at(), of));
      case Step.DeadLetter dead -> dead.of().ifPresent(of -> known(dead.at(), of));
      case Step.Deploy _, Step.Instances _, Step.NothingElse _, Step.Advance _, Step.Restart _ -> {}
    }
  }

  private void check(Step.Expectation expected) {
    known(expected.at(), expected.to());
    switch (expected) {
      case Step.ExpectReply(var at, var _, var head, var body) -> {
        check(at, head);
        body.ifPresent(b -> texts.patterns(at, b.texts()));
      }
      case Step.ExpectFault fault -> texts.patterns(fault.at(), fault.fault().texts().toList());
      case Step.ExpectAnswer answer -> {
        answer.body().ifPresent(b -> texts.patterns(answer.at(), b.texts()));
        answer.problem().ifPresent(t -> texts.pattern(answer.at(), t));
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
      case Step.Replay replay -> {
        known(replay.at(), replay.of());
        replay.body().ifPresent(b -> texts.filled(replay.at(), b.texts()));
      }
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
    texts.filled(send.at(), letter.headers().values());
    switch (letter) {
      case Letter.Soap soap -> {
        texts.filled(send.at(), soap.texts().toList());
        soap.to().ifPresent(to -> checkKept(send.at(), to));
      }
      case Letter.Simple simple -> {
        simple.payload().ifPresent(p -> texts.filled(send.at(), p.texts()));
        texts.filled(send.at(), simple.keys().values());
      }
    }
    contractOf(send);
  }

  private void filled(Location at, Map<String, Payload> data) {
    data.values().forEach(p -> texts.filled(at, p.texts()));
  }

  private void checkKept(Location at, String to) {
    if (!kept.contains(to)) {
      error(
          at,
          "case.reference",
          "Expected an endpoint reference that was kept before, but found '%s'; there are: %s."
              .formatted(to, String.join(", ", kept)),
          "Keep it with <keep name=\"%s\" element=…/> where it is expected, or correct the name."
              .formatted(to));
    }
  }

  private void check(Location at, Head head) {
    texts.patterns(at, head.texts().toList());
    head.relatesTo().ifPresent(of -> known(at, of));
    head.keeps().forEach(k -> kept.add(k.name()));
  }

  private void check(Location at, Behaviour behaviour) {
    Optional<Xml> body =
        switch (behaviour.deed()) {
          case Behaviour.Deed.Answer(var blocks, var xml) -> {
            blocks.forEach(b -> texts.parts(at, b.element().texts()));
            yield xml;
          }
          case Behaviour.Deed.SoapFault fault -> fault.detail();
          default -> Optional.empty();
        };
    body.ifPresent(b -> texts.parts(at, b.texts()));
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
    check(expected.at(), expected.head());
    expected.fault().ifPresent(f -> texts.patterns(expected.at(), f.texts().toList()));
    expected.body().ifPresent(b -> texts.patterns(expected.at(), b.texts()));
    expected.messageId().ifPresent(t -> texts.pattern(expected.at(), t));
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

  private void error(Location at, String rule, String problem, String remedy) {
    findings.add(Finding.error(at, "", rule, problem, remedy));
  }
}
