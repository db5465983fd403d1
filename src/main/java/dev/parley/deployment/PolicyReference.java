package dev.parley.deployment;

import static dev.parley.bpmn.Table.code;

import dev.parley.bpmn.Table;
import dev.parley.finding.RuleNames;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The policies with their values and defaults, as Markdown: those that are compiled. */
public final class PolicyReference {
  private static final QueuePolicy QUEUE = QueuePolicy.DEFAULT;
  private static final DeliveryPolicy DELIVERY = DeliveryPolicy.DEFAULT;
  private static final String DURATION = "a duration, as `PT1H30M`";

  /** One attribute of our namespace. */
  record Setting(String name, String values, String otherwise, String meaning) {}

  private static final List<Setting> OF_RECEIVES =
      List.of(
          new Setting(
              "onEarly",
              "`queue`, `reject`, `discard`",
              name(QUEUE.onEarly()),
              "what becomes of a message whose conversation is there, but takes it only later"),
          new Setting(
              "keepEarly",
              DURATION,
              QUEUE.keepEarly() == null
                  ? "until its conversation ends"
                  : duration(QUEUE.keepEarly()),
              "how long an early message waits"),
          new Setting(
              "onUnknown",
              "`queue`, `reject`, `discard`",
              name(QUEUE.onUnknown()),
              "what becomes of a message when no conversation has its key"),
          new Setting(
              "keepUnknown", DURATION, duration(QUEUE.keepUnknown()), "how long such a one waits"),
          new Setting(
              "onLate",
              "`reject`, `discard`",
              name(QUEUE.onLate()),
              "what becomes of a message that its conversation takes no more"),
          new Setting(
              "onHeldKey",
              "`refuse`, `queue`, `allow`",
              name(QUEUE.onHeldKey()),
              "whether a message may start an instance whose key another one holds; `queue`: when"
                  + " that one has ended"),
          new Setting(
              "maxPerConversation",
              "1 or more",
              code(String.valueOf(QUEUE.bounds().perConversation())),
              "how many messages may wait for one operation of one conversation"),
          new Setting(
              "maxPerOperation",
              "1 or more",
              code(String.valueOf(QUEUE.bounds().perOperation())),
              "how many messages may wait for one operation of the process"),
          new Setting(
              "maxBytes",
              "1 or more",
              code(String.valueOf(QUEUE.bounds().bytes())),
              "how many bytes their bodies may have together"),
          new Setting(
              "onFull",
              "`reject`, `dropOldest`",
              "`reject`",
              "what becomes of a message that would wait where one of these bounds is reached"),
          new Setting(
              "onSuspended",
              "`queue`, `reject`",
              name(QUEUE.onSuspended()),
              "what becomes of a message whose instance is suspended"),
          new Setting(
              "earlyFault",
              "name of a fault of the operation",
              "the gateway's `TooEarly`",
              "what a rejected early message is told"),
          new Setting(
              "lateFault",
              "name of a fault of the operation",
              "the gateway's `TooLate`",
              "what a rejected late message is told"));

  private PolicyReference() {}

  private static List<Setting> ofSends() {
    return List.of(
        new Setting(
            "delivery",
            "`nonBlocking`, `blocking`",
            code(DELIVERY.blocking() ? "blocking" : "nonBlocking"),
            "whether the flow waits until the partner has the message"),
        new Setting(
            "assurance",
            "`atLeastOnce`, `atMostOnce`",
            code(DELIVERY.atMostOnce() ? "atMostOnce" : "atLeastOnce"),
            "at most once is one attempt"),
        new Setting(
            "attempts", "1 or more", code(String.valueOf(DELIVERY.attempts())), "how many at most"),
        new Setting(
            "backoff",
            DURATION,
            duration(DELIVERY.backoff()),
            "the wait before the second attempt"),
        new Setting(
            "backoffFactor",
            "1 or more",
            code(String.valueOf(DELIVERY.factor())),
            "by which each wait is longer than the one before"),
        new Setting("backoffMax", DURATION, duration(DELIVERY.backoffMax()), "the longest wait"),
        new Setting(
            "deadline", DURATION, duration(DELIVERY.deadline()), "after which no attempt is made"),
        new Setting(
            "ordered", "`false`", code("false"), "`true` is not executed; use blocking delivery"));
  }

  private static List<Setting> ofExchanges() {
    return List.of(
        new Setting(
            Policies.ANSWER_WITHIN,
            DURATION,
            "`deadline`",
            "how long a service task waits for the answer, all attempts together"),
        new Setting(
            Policies.MESSAGE_EXCHANGE,
            "a name",
            "none",
            "tells open exchanges of one operation apart: the same at a receive and its replies"),
        new Setting(
            Policies.ACCEPT_AFTER,
            "the id of an element",
            "the end of the turn",
            "when a robust message is acknowledged: a token reaches the element; until then the"
                + " exchange can be faulted"),
        new Setting(
            Policies.RELATES_TO,
            "the id of an element that sends",
            "none",
            "only a message that answers what the element sent is taken: its `wsa:RelatesTo` names"
                + " it, and no key is needed"),
        new Setting(
            Policies.UNDERSTANDS,
            "`{namespace}local`, separated by spaces",
            "none",
            "SOAP header blocks that the process understands besides those of its WSDL"));
  }

  /** Every policy: where it may stand, its values, what holds without it. */
  public static String policies() {
    var table = new Table("attribute", "stands on", "values", "default", "says");
    OF_RECEIVES.forEach(s -> row(table, s, "process; what receives"));
    ofSends().forEach(s -> row(table, s, "process; what sends"));
    var places =
        List.of(
            "process; service task",
            "what receives or replies",
            "what receives a robust operation",
            "what receives",
            "process");
    for (int i = 0; i < places.size(); i++) {
      row(table, ofExchanges().get(i), places.get(i));
    }
    var planned = Policies.PLANNED.stream().sorted().map(Table::code).toList();
    return """
    ## Policies

    Attributes of the namespace `urn:parley:1`. A node's go before its process's.

    %s
    Reserved, and refused until they are executed: %s.
    """
        .formatted(table, String.join(", ", planned));
  }

  /** The names of this package's rules. */
  public static List<String> rules() {
    return RuleNames.of(Rule.class);
  }

  /** The names of the rules of modelling advice. */
  public static List<String> advice() {
    return RuleNames.of(AdviceRule.class);
  }

  /** The names of those settings that the reference has. */
  static Stream<String> names() {
    return Stream.of(OF_RECEIVES, ofSends(), ofExchanges())
        .flatMap(List::stream)
        .map(Setting::name);
  }

  private static void row(Table table, Setting setting, String where) {
    table.row(
        code("parley:" + setting.name()),
        where,
        setting.values(),
        setting.otherwise(),
        setting.meaning());
  }

  private static String name(Enum<?> value) {
    return code(value.name().toLowerCase(Locale.ROOT));
  }

  private static String duration(Duration duration) {
    return code(duration.toString());
  }
}
