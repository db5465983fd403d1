package dev.parley.bpmn;

import static dev.parley.bpmn.Table.code;

import dev.parley.finding.RuleNames;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What executes, as Markdown: from the tables that decide it. */
public final class Reference {
  private static final String DEFINITION = "EventDefinition";
  private static final Set<String> EVERYWHERE =
      Set.of("id", "name", "documentation", "extensionElements", "categoryValueRef");

  /** Elements of one kind. */
  private record Group(String title, String elements) {
    List<String> names() {
      return List.of(elements.split(" "));
    }
  }

  private static final List<Group> GROUPS =
      List.of(
          new Group(
              "Process and collaboration",
              "process participant participantMultiplicity collaboration globalConversation"
                  + " messageFlow conversation sequenceFlow conditionExpression"),
          new Group(
              "Activities",
              "receiveTask sendTask serviceTask scriptTask userTask manualTask task callActivity"
                  + " subProcess"),
          new Group(
              "Events",
              "startEvent intermediateCatchEvent boundaryEvent intermediateThrowEvent endEvent"
                  + " messageEventDefinition timerEventDefinition timeDate timeDuration timeCycle"
                  + " errorEventDefinition escalationEventDefinition signalEventDefinition"
                  + " conditionalEventDefinition condition linkEventDefinition"
                  + " terminateEventDefinition"),
          new Group(
              "Gateways", "exclusiveGateway inclusiveGateway parallelGateway eventBasedGateway"),
          new Group(
              "Data",
              "dataObject dataObjectReference property ioSpecification dataInput dataOutput"
                  + " inputSet outputSet dataInputAssociation dataOutputAssociation transformation"
                  + " assignment from to"),
          new Group(
              "Loops",
              "standardLoopCharacteristics loopCondition multiInstanceLoopCharacteristics"
                  + " loopCardinality completionCondition inputDataItem outputDataItem"),
          new Group(
              "Correlation",
              "correlationKey correlationProperty correlationPropertyRetrievalExpression"
                  + " messagePath correlationSubscription correlationPropertyBinding dataPath"),
          new Group(
              "Messages, operations and types",
              "import itemDefinition message interface operation endPoint error signal"
                  + " escalation"));

  private Reference() {}

  /** Elements by kind, and what is refused. */
  public static String elements() {
    var text = new StringBuilder();
    for (var group : GROUPS) {
      text.append("## ").append(group.title()).append("\n\n");
      if (group.title().equals("Events")) {
        text.append(events()).append('\n');
      }
      text.append(table(group)).append('\n');
    }
    return text.append(shortForms()).append('\n').append(refused()).toString();
  }

  /** What our attributes say, but for the policies. */
  static SortedMap<String, String> own() {
    return new TreeMap<>(
        Map.of(
            "payload", "an XQuery expression for the outgoing message, or for an event's data",
            "result", "the data object that keeps what comes in",
            "resultExpression", "an expression for what of the incoming message is kept",
            "calledVersion", "the version of the called process; without it the latest one",
            "endpoint",
                "where a partner is: on a participant its address; on what sends an expression for"
                    + " an endpoint reference or an address",
            "identity",
                "an XPath on the message that comes in: a message with the same value is the same"
                    + " one, sent again",
            "callback",
                "on a service task: the operation whose message is its answer, instead of the"
                    + " second message of its own",
            "headers", "an XQuery expression for the SOAP header blocks of what is sent",
            "address", "where a partner is"));
  }

  private static String shortForms() {
    var table = new Table("attribute", "says");
    own().forEach((name, meaning) -> table.row(code("parley:" + name), meaning));
    return """
    ## Our attributes

    Of the namespace `urn:parley:1`: short forms for what BPMN says at length, and the [policies](#policies).

    %s\
    """
        .formatted(table);
  }

  /** Elements that are read, and stand in no group. */
  static Set<String> forgotten() {
    var forgotten = new TreeSet<>(Shape.read().keySet());
    GROUPS.forEach(g -> forgotten.removeAll(g.names()));
    return forgotten;
  }

  /** The names of this package's rules. */
  public static List<String> rules() {
    return RuleNames.of(Rule.class);
  }

  private static String table(Group group) {
    var table = new Table("element", "attributes", "child elements", "`parley:` attributes");
    for (var element : group.names()) {
      var shape = Optional.ofNullable(Shape.read().get(element)).orElseThrow();
      table.row(
          code(element),
          listed(shape.attributes(), Reference::attribute),
          listed(shape.children().stream().filter(c -> executes(element, c)).toList(), Table::code),
          parley(element));
    }
    return table.toString();
  }

  private static String listed(Collection<String> names, UnaryOperator<String> form) {
    return names.stream()
        .filter(Predicate.not(EVERYWHERE::contains))
        .sorted()
        .map(form)
        .collect(Collectors.joining(", "));
  }

  private static String attribute(String name) {
    var only = new TreeSet<>(Shape.only(name));
    return only.isEmpty()
        ? code(name)
        : code(name)
            + " (only "
            + only.stream().map(Table::code).collect(Collectors.joining(" or "))
            + ")";
  }

  /** An event's definitions are those of its positions; whatever else is read executes. */
  private static boolean executes(String element, String child) {
    return !child.endsWith(DEFINITION)
        || positions(element).anyMatch(p -> p.definitions().contains(child));
  }

  private static Stream<EventPosition> positions(String element) {
    return Stream.of(EventPosition.values()).filter(p -> p.element().equals(element));
  }

  /** The policies have a table of their own. */
  private static String parley(String element) {
    if (positions(element).findAny().isEmpty()) {
      return names(ParleyAttributes.readable(element));
    }
    return positions(element)
        .flatMap(p -> p.definitions().stream())
        .distinct()
        .filter(d -> !ParleyAttributes.readable(element, d).isEmpty())
        .map(d -> title(d) + ": " + names(ParleyAttributes.readable(element, d)))
        .collect(Collectors.joining("; "));
  }

  private static String names(Set<String> readable) {
    var own = readable.stream().filter(Predicate.not(ParleyAttributes::isPolicy)).toList();
    boolean policies = readable.stream().filter(ParleyAttributes::isPolicy).count() > 1;
    return Stream.concat(
            (policies ? own : readable).stream().sorted().map(Table::code),
            policies ? Stream.of("[policies](#policies)") : Stream.of())
        .collect(Collectors.joining(", "));
  }

  private static String title(String definition) {
    return definition.isEmpty() ? "none" : definition.replace(DEFINITION, "");
  }

  private static String events() {
    var table =
        new Table(
            "definition",
            "start of a process",
            "start of a sub-process",
            "start of an event sub-process",
            "… not interrupting",
            "catch",
            "boundary",
            "… not interrupting",
            "throw",
            "end");
    Stream.of(EventPosition.values())
        .flatMap(p -> p.definitions().stream())
        .distinct()
        .sorted()
        .forEach(definition -> table.row(row(definition)));
    return """
    Which definition executes where; a `timeCycle` only where its event does not interrupt.

    """
        + table;
  }

  private static String[] row(String definition) {
    return Stream.concat(
            Stream.of(title(definition)),
            Stream.of(EventPosition.values()).flatMap(position -> cells(position, definition)))
        .toArray(String[]::new);
  }

  private static Stream<String> cells(EventPosition position, String definition) {
    String cell = mark(position.definitions().contains(definition));
    return switch (position) {
      case EVENT_SUB_PROCESS_START, BOUNDARY ->
          Stream.of(cell, mark(position.executesWithoutInterrupting(definition)));
      default -> Stream.of(cell);
    };
  }

  private static String mark(boolean executes) {
    return executes ? "✔" : "";
  }

  private static String refused() {
    var table = new Table("element", "is refused", "what to do");
    Remedy.all()
        .forEach(
            (element, remedy) ->
                table.row(
                    code(element),
                    Shape.read().containsKey(element)
                        ? "where the tables above do not have it"
                        : "everywhere",
                    remedy));
    return """
    ## Refused

    An element, attribute or value that the tables do not have is refused at deployment when it is in an executable process. \
    %s For these there is something better:

    %s\
    """
        .formatted(Remedy.of(""), table);
  }
}
