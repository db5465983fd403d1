package dev.parley.http;

import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.turn.Explanation;
import dev.parley.turn.Explanation.Candidate;
import dev.parley.turn.Explanation.Judgement;
import dev.parley.turn.Explanation.Outcome;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An explanation as a JSON object. */
final class ExplanationDocument {
  private ExplanationDocument() {}

  static Map<String, Object> of(Explanation explanation) {
    var members = new LinkedHashMap<String, Object>();
    explanation.stored().ifPresent(row -> MessageDocument.outcome(row, members));
    members.put("process", explanation.message().process());
    members.put("operation", explanation.message().operation().operation());
    explanation.stored().ifPresent(row -> stored(row, members));
    explanation.deadLetter().ifPresent(letter -> members.put("deadLetter", letter(letter)));
    explanation.taken().ifPresent(taken -> members.put("taken", taken(taken)));
    members.put(
        "identities",
        explanation.identities().stream().map(ExplanationDocument::identity).toList());
    explanation
        .repeats()
        .ifPresent(
            repetition -> {
              members.put("repeats", repetition.message().toString());
              repetition.fault().ifPresent(fault -> fault(fault, members));
            });
    members.put(
        "versions", explanation.versions().stream().map(ExplanationDocument::version).toList());
    if (!explanation.failure().isEmpty()) {
      members.put("failure", explanation.failure());
    }
    explanation.verdict().ifPresent(judgement -> members.put("decision", decision(judgement)));
    return members;
  }

  private static void stored(MessageRow row, Map<String, Object> members) {
    members.put("exchange", row.exchange().name().toLowerCase(Locale.ROOT));
    var answer = row.answer();
    if (answer != null) {
      members.put("answer", answer(answer));
    }
  }

  private static String answer(Answer answer) {
    return switch (answer) {
      case Answer.Accepted _ -> "accepted";
      case Answer.Reply(var body, var _) -> "a reply of %d bytes".formatted(body.length());
      case Answer.Faulted(var fault) -> "the fault %s: %s".formatted(name(fault), fault.reason());
    };
  }

  private static String name(Fault fault) {
    return switch (fault) {
      case Fault.Gateway gateway -> gateway.kind().wireName();
      case Fault.Declared declared -> declared.name().getLocalPart();
      case Fault.Undeclared undeclared -> undeclared.code().getLocalPart();
    };
  }

  private static Map<String, Object> letter(DeadLetterRow letter) {
    var members = new LinkedHashMap<String, Object>();
    members.put("reason", letter.reason());
    members.put("text", letter.text());
    members.put("at", letter.at().toString());
    return members;
  }

  private static Map<String, Object> taken(Explanation.Taken taken) {
    var members = new LinkedHashMap<String, Object>();
    members.put("instance", taken.instance().toString());
    members.put("status", taken.status());
    members.put("at", taken.at().toString());
    members.put("path", taken.path());
    return members;
  }

  private static Map<String, Object> identity(Explanation.Identity identity) {
    var members = new LinkedHashMap<String, Object>();
    members.put("kind", identity.kind());
    members.put("value", identity.value());
    MessageDocument.put(members, "seenIn", identity.bearer().map(MessageId::toString).orElse(null));
    return members;
  }

  private static Map<String, Object> version(Explanation.Version version) {
    var members = new LinkedHashMap<String, Object>();
    members.put("version", version.number());
    members.put("receives", version.receives());
    members.put("keys", version.keys().stream().map(ExplanationDocument::key).toList());
    return members;
  }

  private static Map<String, Object> key(Explanation.Key key) {
    var members = new LinkedHashMap<String, Object>();
    members.put("key", key.name());
    if (!key.values().isEmpty()) {
      members.put("value", String.join("+", key.values()));
    }
    members.put(
        "properties", key.properties().stream().map(ExplanationDocument::property).toList());
    return members;
  }

  private static Map<String, Object> property(Explanation.Property property) {
    var members = new LinkedHashMap<String, Object>();
    members.put("property", property.name());
    if (!property.path().isEmpty()) {
      members.put("path", property.path());
    }
    MessageDocument.put(members, "value", property.value());
    MessageDocument.put(members, "given", property.given());
    if (!property.failure().isEmpty()) {
      members.put("failure", property.failure());
    }
    return members;
  }

  private static Map<String, Object> decision(Judgement judgement) {
    var members = new LinkedHashMap<String, Object>();
    members.put("keys", judgement.keys());
    members.put("enabled", judgement.enabled().stream().map(ExplanationDocument::receive).toList());
    members.put(
        "candidates", judgement.candidates().stream().map(ExplanationDocument::candidate).toList());
    MessageDocument.put(members, "start", judgement.start().orElse(null));
    members.put("waiting", judgement.waiting());
    members.put("rule", judgement.reason().name());
    members.put("because", judgement.reason().text());
    members.put(
        "settings", judgement.settings().stream().map(ExplanationDocument::setting).toList());
    members.put("outcome", outcome(judgement.outcome()));
    return members;
  }

  private static Map<String, Object> receive(Explanation.Receive receive) {
    var members = new LinkedHashMap<String, Object>();
    members.put("instance", receive.instance().toString());
    members.put("element", receive.element());
    members.put("name", receive.name());
    return members;
  }

  private static Map<String, Object> candidate(Candidate candidate) {
    var members = new LinkedHashMap<String, Object>();
    members.put("instance", candidate.instance().toString());
    members.put("version", candidate.version());
    members.put("live", candidate.live());
    members.put("belongs", candidate.belongs());
    members.put("canReceive", candidate.canReceive());
    members.put("keys", candidate.keys());
    members.put("waitsAt", candidate.waitsAt());
    return members;
  }

  private static Map<String, Object> setting(Explanation.Setting setting) {
    var members = new LinkedHashMap<String, Object>();
    members.put("setting", setting.name());
    members.put("value", setting.value());
    members.put("from", setting.from().isEmpty() ? "the gateway" : setting.from());
    return members;
  }

  private static Map<String, Object> outcome(Outcome outcome) {
    var members = new LinkedHashMap<String, Object>();
    members.put("state", outcome.state());
    MessageDocument.put(
        members, "instance", outcome.instance().map(InstanceId::toString).orElse(null));
    MessageDocument.put(members, "element", outcome.element().orElse(null));
    MessageDocument.put(members, "expires", outcome.expires().orElse(null));
    outcome.fault().ifPresent(fault -> fault(fault, members));
    return members;
  }

  private static void fault(Fault fault, Map<String, Object> members) {
    members.put("fault", name(fault));
    members.put("reason", fault.reason());
  }
}
