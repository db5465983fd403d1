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
          "maxBytes",
          "onFull",
          "onSuspended",
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
          "acceptAfter",
          "relatesTo",
          "understands");
  private static final Set<String> OUTGOING = Set.of("payload");
  private static final Set<String> SENDING = Set.of("payload", "endpoint", "headers");
  private static final Set<String> RECEIVING = Set.of("result", "resultExpression", "identity");
  private static final Set<String> INVOKING =
      Set.of("payload", "result", "resultExpression", "endpoint", "headers", "callback");
  private static final Set<String> RESULT = Set.of("result");
  private static final Set<String> CALLING = Set.of("calledVersion");
  private static final Set<String> CARRYING =
      Set.of(EventReader.ERROR, EventReader.ESCALATION, EventReader.SIGNAL);

  private static final Set<String> CATCHING =
      Set.of("startEvent", "intermediateCatchEvent", "boundaryEvent");
  private static final Set<String> EVENTS =
      Set.of(
          "startEvent",
          "intermediateCatchEvent",
          "boundaryEvent",
          "endEvent",
          "intermediateThrowEvent");
  private static final Map<String, Set<String>> READ =
      Map.of(
          "process", policiesAnd(Set.of()),
          "participant", Set.of("endpoint"),
          "endPoint", Set.of("address"),
          "sendTask", policiesAnd(SENDING),
          "receiveTask", policiesAnd(RECEIVING),
          "serviceTask", policiesAnd(INVOKING),
          "scriptTask", RESULT,
          "callActivity", CALLING);

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
    if (!EVENTS.contains(element.kind())) {
      return READ.getOrDefault(element.kind(), Set.of());
    }
    return references.eventDefinitions(element).stream()
        .map(definition -> readable(element.kind(), definition.kind()))
        .filter(names -> !names.isEmpty())
        .findFirst()
        .orElse(Set.of());
  }

  /** What an event with this definition reads. */
  static Set<String> readable(String event, String definition) {
    boolean catches = CATCHING.contains(event);
    if (definition.equals(EventReader.MESSAGE)) {
      return policiesAnd(catches ? RECEIVING : SENDING);
    }
    return CARRYING.contains(definition) ? (catches ? RESULT : OUTGOING) : Set.of();
  }

  /** What any other element reads. */
  static Set<String> readable(String element) {
    return READ.getOrDefault(element, Set.of());
  }

  private static Set<String> policiesAnd(Set<String> shortForms) {
    var union = new TreeSet<>(POLICIES);
    union.addAll(shortForms);
    return union;
  }

  static boolean isPolicy(String name) {
    return POLICIES.contains(name);
  }

  static Stream<String> known() {
    return Stream.of(POLICIES, INVOKING, CALLING, Set.of("address", "identity"))
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
