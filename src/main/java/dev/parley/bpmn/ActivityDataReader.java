package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.ItemDefinition;
import dev.parley.bpmn.ProcessDefinition.ActivityData;
import dev.parley.bpmn.ProcessDefinition.DataAssociation;
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

  ActivityDataReader(DataReader data, References references, Catalogue catalogue) {
    this.data = data;
    this.references = references;
    this.catalogue = catalogue;
  }

  List<ActivityData> inputs(XmlElement activity) {
    return read(activity, "dataInput");
  }

  List<ActivityData> outputs(XmlElement activity) {
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

  private List<ActivityData> read(XmlElement activity, String kind) {
    var declared = DataReader.nodeData(activity, kind).toList();
    data.checkEnds(activity, kind);
    if (declared.isEmpty()) {
      return data.associations(activity, kind).stream()
          .filter(a -> !a.dataObject().isEmpty())
          .map(this::named)
          .toList();
    }
    var optional = optional(activity);
    return declared.stream()
        .map(found -> read(activity, found, optional.contains(found.id())))
        .toList();
  }

  /** Tools draw an association without an ioSpecification: the data object's name is meant. */
  private ActivityData named(DataAssociation association) {
    var object = references.byId(association.dataObject());
    return new ActivityData(
        object.title(), item(object), false, List.of(association), association.location());
  }

  private ActivityData read(XmlElement activity, XmlElement found, boolean isOptional) {
    return new ActivityData(
        found.title(),
        item(found),
        isOptional,
        data.associations(activity, found),
        found.location());
  }

  private @Nullable ItemDefinition item(XmlElement holder) {
    return references
        .byAttribute(holder, "itemSubjectRef", "itemDefinition")
        .map(i -> catalogue.items.get(i.id()))
        .orElse(null);
  }
}
