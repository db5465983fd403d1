package dev.parley.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * How a bundle's model differs from the one in its file: what is found there, and what it becomes.
 */
record Edition(String bundle, List<Change> changes) {
  /** What the edition with other keys reads in front of each value. */
  private static final String PREFIX = "R-";

  /** One difference. */
  record Change(String from, String to) {}

  private static final String RECEIVE_RIGHT =
      "id=\"onTheRight\" messageRef=\"tns:rightMessage\" operationRef=\"tns:rightOperation\""
          + " parley:onEarly=\"reject\" parley:onUnknown=\"reject\"";

  static final List<Edition> ALL =
      List.of(
          of("order"),
          addressFirst(),
          withoutAddress(),
          of("inspection"),
          otherKeys(),
          leftTwice(),
          of("basket"),
          of("basket", "<process ", "<process parley:onHeldKey=\"allow\" "),
          of("basket", "parley:keepUnknown=\"PT10M\"", "parley:onUnknown=\"reject\""),
          of("insurance"),
          impatientInsurance(),
          of(
              "insurance",
              "parley:onLate=\"discard\"",
              "parley:onUnknown=\"discard\"",
              "parley:onUnknown=\"queue\" parley:keepUnknown=\"PT2H\"",
              "parley:onEarly=\"reject\""));

  private static Edition of(String bundle, String... fromTo) {
    var changes = new ArrayList<Change>();
    for (int i = 0; i < fromTo.length; i += 2) {
      changes.add(new Change(fromTo[i], fromTo[i + 1]));
    }
    return new Edition(bundle, List.copyOf(changes));
  }

  /** The same operations in another order: payments come early now, and few may wait. */
  private static Edition addressFirst() {
    return of(
        "order",
        "sourceRef=\"placed\" targetRef=\"paid\"",
        "sourceRef=\"placed\" targetRef=\"addressed\"",
        "sourceRef=\"paid\" targetRef=\"addressed\"",
        "sourceRef=\"addressed\" targetRef=\"paid\"",
        "sourceRef=\"addressed\" targetRef=\"reserving\"",
        "sourceRef=\"paid\" targetRef=\"reserving\"",
        "operationRef=\"tns:payOperation\"/>",
        "operationRef=\"tns:payOperation\" parley:maxPerConversation=\"1\"/>");
  }

  /** An operation less. */
  private static Edition withoutAddress() {
    return of(
        "order",
        "<sequenceFlow id=\"f3\" sourceRef=\"paid\" targetRef=\"addressed\"/>",
        "",
        "<receiveTask id=\"addressed\" messageRef=\"tns:addressMessage\""
            + " operationRef=\"tns:deliverToOperation\" parley:maxPerConversation=\"1\"/>",
        "",
        "sourceRef=\"addressed\" targetRef=\"reserving\"",
        "sourceRef=\"paid\" targetRef=\"reserving\"");
  }

  /** The same messages give other keys. */
  private static Edition otherKeys() {
    return of(
        "inspection",
        "<messagePath>/o:inspection/o:caseId</messagePath>",
        "<messagePath>/o:inspection/o:caseId ! concat('" + PREFIX + "', .)</messagePath>",
        "<messagePath>/o:left/o:caseId</messagePath>",
        "<messagePath>/o:left/o:caseId ! concat('" + PREFIX + "', .)</messagePath>",
        "<messagePath>/o:right/o:caseId</messagePath>",
        "<messagePath>/o:right/o:caseId ! concat('" + PREFIX + "', .)</messagePath>");
  }

  /** Two receives are enabled for one message; what comes early is dropped. */
  private static Edition leftTwice() {
    return of(
        "inspection",
        RECEIVE_RIGHT,
        "id=\"onTheRight\" messageRef=\"tns:leftMessage\" operationRef=\"tns:leftOperation\"",
        "parley:keepEarly=\"PT30M\"",
        "parley:onEarly=\"discard\" parley:onUnknown=\"discard\"");
  }

  private static Edition impatientInsurance() {
    return of(
        "insurance",
        "parley:onUnknown=\"queue\" parley:keepUnknown=\"PT2H\"",
        "parley:onUnknown=\"queue\" parley:keepUnknown=\"PT20M\" parley:keepEarly=\"PT10M\""
            + " parley:maxPerConversation=\"1\"",
        "parley:onLate=\"discard\"",
        "parley:onUnknown=\"reject\"");
  }

  /** What stands in front of the values that its keys have in a message. */
  String prefix() {
    return changes.stream().anyMatch(c -> c.to().contains("concat('" + PREFIX)) ? PREFIX : "";
  }

  /** The model's text. */
  String appliedTo(String text) {
    String edited = text;
    for (var change : changes) {
      if (!edited.contains(change.from())) {
        throw new IllegalStateException(
            "The model of '%s' has no %s".formatted(bundle, change.from()));
      }
      edited = edited.replace(change.from(), change.to());
    }
    return edited;
  }
}
