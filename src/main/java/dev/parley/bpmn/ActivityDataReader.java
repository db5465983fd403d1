package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.ItemDefinition;
import dev.parley.bpmn.ProcessDefinition.DataAssociation;
import dev.parley.bpmn.ProcessDefinition.NamedData;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the data inputs and outputs of activities that have several (BPMN 2.0.2, clause 10.4.2).
 */
final class ActivityDataReader {
  private final DataReader data;
  private final References references;
  private final Catalogue catalogue;
  private final Findings findings;

  ActivityDataReader(
      DataReader data, References references, Catalogue catalogue, Findings findings) {
    this.data = data;
    this.references = references;
    this.catalogue = catalogue;
    this.findings = findings;
  }

  List<NamedData> inputs(XmlElement activity) {
    return read(activity, "dataInput");
  }

  List<NamedData> outputs(XmlElement activity) {
    return read(activity, "dataOutput");
  }

  /** Ids of the data inputs and outputs that may be absent. */
  static List<String> optional(XmlElement activity) {
    return Stream.of("inputSet", "outputSet")
        .flatMap(set -> DataReader.nodeData(activity, set))
        .flatMap(
            set ->
                Stream.concat(
                    set.children("optionalInputRefs").stream(),
                    set.children("optionalOutputRefs").stream()))
        .map(ref -> ref.text().strip())
        .toList();
  }

  private List<NamedData> read(XmlElement activity, String kind) {
    var declared = DataReader.nodeData(activity, kind).toList();
    checkEnds(activity, kind);
    if (declared.isEmpty()) {
      return data.associations(activity, kind).stream()
          .filter(a -> !a.dataObject().isEmpty())
          .map(a -> named(a, kind.equals("dataInput")))
          .toList();
    }
    var optional = optional(activity);
    return declared.stream()
        .map(found -> read(activity, found, optional.contains(found.id())))
        .toList();
  }

  /** Which one an association means must be clear: by name, as the only one, by its data object. */
  private void checkEnds(XmlElement activity, String kind) {
    String set = kind.equals("dataInput") ? "inputSet" : "outputSet";
    DataReader.nodeData(activity, set)
        .skip(1)
        .forEach(
            other ->
                findings.error(
                    other,
                    Rule.DATA,
                    "Expected one %s of '%s', but found another: alternatives are not executed."
                        .formatted(set, activity.label()),
                    "Join them in one set, with optional references."));
    long declared = DataReader.nodeData(activity, kind).count();
    if (declared != 1) {
      DataReader.associationsOf(activity, kind).stream()
          .filter(a -> declared > 1 || a.children(DataReader.processEnd(kind)).isEmpty())
          .filter(
              a ->
                  DataReader.nodeData(activity, kind)
                      .noneMatch(d -> DataReader.names(a, DataReader.nodeEnd(kind), d)))
          .forEach(a -> data.wrongEnd(a, activity, DataReader.nodeEnd(kind), kind));
    }
  }

  /**
   * Tools draw an association without an ioSpecification: the data object's name is meant. What it
   * gives to the activity may be unset then.
   */
  private NamedData named(DataAssociation association, boolean isInput) {
    var object = references.byId(association.dataObject());
    return new NamedData(
        data.nameOf(object), item(object), isInput, List.of(association), association.location());
  }

  private NamedData read(XmlElement activity, XmlElement found, boolean isOptional) {
    return new NamedData(
        found.title(),
        item(found),
        isOptional,
        data.associations(activity, found),
        found.location());
  }

  /** What it has to be; null where that is open, or where it may be many. */
  private @Nullable ItemDefinition item(XmlElement holder) {
    if (holder.isTrue("isCollection", false)) {
      return null;
    }
    return references
        .byAttribute(holder, "itemSubjectRef", "itemDefinition")
        .map(i -> catalogue.items.get(i.id()))
        .orElse(null);
  }
}
