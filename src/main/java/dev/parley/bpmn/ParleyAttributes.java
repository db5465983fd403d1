package dev.parley.bpmn;

import static dev.parley.bpmn.XmlElement.PARLEY;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The attributes of our namespace: short forms, read here, and policies, which others interpret.
 */
final class ParleyAttributes {

  private static final Set<String> POLICIES =
      Set.of(
          "onEarly",
          "keepEarly",
          "onUnknown",
          "keepUnknown",
          "onLate",
          "earlyFault",
          "lateFault",
          "maxPerConversation",
          "maxPerOperation",
          "messageExchange",
          "delivery",
          "assurance",
          "attempts",
          "backoff",
          "backoffFactor",
          "backoffMax",
          "deadline",
          "ordered",
          "answerWithin",
          "replyWithin",
          "onHeldKey",
          "endpoint");
  private static final Set<String> OUTGOING = Set.of("payload");
  private static final Set<String> INCOMING = Set.of("result", "resultExpression");
  private static final Set<String> SHORT_FORMS = Set.of("payload", "result", "resultExpression");
  private static final Set<String> RESULT = Set.of("result");
  private static final Set<String> CALLING = Set.of("calledVersion");
  private static final Set<String> CARRYING =
      Set.of(EventReader.ERROR, EventReader.ESCALATION, EventReader.SIGNAL);

  private final References references;
  private final Findings findings;

  ParleyAttributes(References references, Findings findings) {
    this.references = references;
    this.findings = findings;
  }

  /** By local name, in document order. */
  static Map<String, String> policies(XmlElement element) {
    var policies = new LinkedHashMap<String, String>();
    element
        .attributes()
        .forEach(
            (name, value) -> {
              if (name.getNamespaceURI().equals(PARLEY) && POLICIES.contains(name.getLocalPart())) {
                policies.put(name.getLocalPart(), value.strip());
              }
            });
    return Collections.unmodifiableMap(policies);
  }

  void check(XmlElement element) {
    var readable = readable(element);
    for (var name : element.attributes().keySet()) {
      String local = name.getLocalPart();
      if (!name.getNamespaceURI().equals(PARLEY) || readable.contains(local)) {
        continue;
      }
      if (known().anyMatch(local::equals)) {
        findings.error(
            element,
            Rule.UNSUPPORTED_ATTRIBUTE,
            "Expected attributes that %s '%s' reads, but found parley:%s, which does nothing there."
                .formatted(element.name().getLocalPart(), element.label(), local),
            "Remove it, or move it to an element that reads it.");
      } else {
        findings.error(
            element,
            Rule.UNKNOWN_ATTRIBUTE,
            "Expected a known attribute of '%s', but found '%s'.".formatted(PARLEY, local),
            "Did you mean parley:%s?".formatted(nearest(local)));
      }
    }
  }

  private Set<String> readable(XmlElement element) {
    return switch (element.kind()) {
      case "process" -> policiesAnd(Set.of());
      case "participant" -> Set.of("endpoint");
      case "endPoint" -> Set.of("address");
      case "sendTask" -> policiesAnd(OUTGOING);
      case "receiveTask" -> policiesAnd(INCOMING);
      case "serviceTask" -> policiesAnd(SHORT_FORMS);
      case "scriptTask" -> RESULT;
      case "callActivity" -> CALLING;
      case "startEvent", "intermediateCatchEvent", "boundaryEvent" ->
          byDefinition(element, INCOMING, RESULT);
      case "endEvent", "intermediateThrowEvent" -> byDefinition(element, OUTGOING, OUTGOING);
      default -> Set.of();
    };
  }

  private Set<String> byDefinition(XmlElement event, Set<String> message, Set<String> error) {
    var kinds = references.eventDefinitions(event).stream().map(XmlElement::kind).toList();
    if (kinds.contains("messageEventDefinition")) {
      return policiesAnd(message);
    }
    return kinds.stream().anyMatch(CARRYING::contains) ? error : Set.of();
  }

  private static Set<String> policiesAnd(Set<String> shortForms) {
    var union = new TreeSet<>(POLICIES);
    union.addAll(shortForms);
    return union;
  }

  private static Stream<String> known() {
    return Stream.of(POLICIES, SHORT_FORMS, CALLING, Set.of("address"))
        .flatMap(Set::stream)
        .sorted();
  }

  private static String nearest(String name) {
    return known().min(Comparator.comparingInt(k -> distance(k, name))).orElse("");
  }

  /** Levenshtein's, by rows, ignoring case. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int substituted = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
