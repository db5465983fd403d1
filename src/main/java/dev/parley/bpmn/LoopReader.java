package dev.parley.bpmn;

import dev.parley.bpmn.LoopDefinition.LocalItem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how often an activity is done (BPMN 2.0.2, clause 10.3.8). */
final class LoopReader {
  private final References references;
  private final Expressions expressions;
  private final Catalogue catalogue;
  private final DataReader data;
  private final Findings findings;

  LoopReader(
      References references,
      Expressions expressions,
      Catalogue catalogue,
      DataReader data,
      Findings findings) {
    this.references = references;
    this.expressions = expressions;
    this.catalogue = catalogue;
    this.data = data;
    this.findings = findings;
  }

  /** Null where the activity is done once. */
  @Nullable LoopDefinition read(XmlElement activity) {
    return activity
        .child("standardLoopCharacteristics")
        .map(this::standard)
        .or(() -> activity.child("multiInstanceLoopCharacteristics").map(l -> multi(activity, l)))
        .orElse(null);
  }

  private LoopDefinition standard(XmlElement loop) {
    var condition = loop.child("loopCondition").map(expressions::condition).orElse(null);
    var maximum = loop.attribute("loopMaximum").map(text -> maximum(loop, text)).orElse(null);
    if (condition == null && maximum == null) {
      findings.error(
          loop,
          Rule.LOOP,
          "Expected a loopCondition or loopMaximum, but found neither: it would never end.",
          "Add a loopCondition.");
    }
    return new LoopDefinition.Standard(
        loop.isTrue("testBefore", false), condition, maximum, loop.location());
  }

  private int maximum(XmlElement loop, String text) {
    if (text.matches("[1-9][0-9]{0,8}")) {
      return Integer.parseInt(text);
    }
    findings.error(
        loop,
        Rule.LOOP,
        "Expected loopMaximum to be 1 to 999999999, but found '%s'.".formatted(text),
        "Correct it, or leave it out.");
    return 1;
  }

  private LoopDefinition multi(XmlElement activity, XmlElement loop) {
    if (loop.child("loopDataOutputRef").isPresent() != loop.child("outputDataItem").isPresent()) {
      findings.error(
          loop,
          Rule.LOOP,
          "Expected both loopDataOutputRef and outputDataItem, or none, but found one of them.",
          "Say what one instance leaves (outputDataItem) and what collects it"
              + " (loopDataOutputRef).");
    }
    var cardinality = loop.child("loopCardinality").map(expressions::condition).orElse(null);
    var input = collection(activity, loop, "loopDataInputRef");
    if ((cardinality == null) == loop.child("loopDataInputRef").isEmpty()) {
      findings.error(
          loop,
          Rule.LOOP,
          "Expected either a loopCardinality or a loopDataInputRef, but found %s."
              .formatted(cardinality == null ? "neither" : "both"),
          "Keep exactly one of them.");
    }
    return new LoopDefinition.MultiInstance(
        loop.isTrue("isSequential", false),
        cardinality,
        input.orElse(null),
        local(loop, "inputDataItem"),
        collection(activity, loop, "loopDataOutputRef").orElse(null),
        local(loop, "outputDataItem"),
        loop.child("completionCondition").map(expressions::condition).orElse(null),
        loop.location());
  }

  private Optional<String> collection(XmlElement activity, XmlElement loop, String ref) {
    return references
        .byChild(loop, ref, "dataObject", "dataObjectReference")
        .flatMap(found -> data.visibleAround(activity, loop, found));
  }

  private @Nullable LocalItem local(XmlElement loop, String kind) {
    return loop.child(kind)
        .map(
            item ->
                new LocalItem(
                    item.id(),
                    item.title(),
                    references
                        .byAttribute(item, "itemSubjectRef", "itemDefinition")
                        .map(i -> catalogue.items.get(i.id()))
                        .orElse(null),
                    item.location()))
        .orElse(null);
  }
}
