package dev.parley.bpmn;

import dev.parley.bpmn.ProcessDefinition.Assignment;
import dev.parley.bpmn.ProcessDefinition.DataAssociation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads where a node's data comes from and goes to (BPMN 2.0.2, clause 10.4). */
final class DataReader {

  // What bpmn.io's modeller adds to a task without ioSpecification, to have something to point at.
  private static final String PLACEHOLDER = "__targetRef_placeholder";

  private static final String[] HOLDERS = {
    "dataObject",
    "dataObjectReference",
    "property",
    "dataInput",
    "dataOutput",
    "inputDataItem",
    "outputDataItem"
  };

  private final ProcessTree tree;
  private final References references;
  private final Expressions expressions;
  private final Findings findings;

  DataReader(ProcessTree tree, References references, Expressions expressions, Findings findings) {
    this.tree = tree;
    this.references = references;
    this.expressions = expressions;
    this.findings = findings;
  }

  /**
   * Associations that build the outgoing message, from a data object into the node's data input.
   */
  List<DataAssociation> inputs(XmlElement node) {
    checkSingle(node, "dataInput");
    var associations = associationsOf(node, "dataInput");
    if (associations.size() > 1) {
      findings.error(
          associations.get(1),
          Rule.DATA,
          "Expected one data input association of '%s', but found %d."
              .formatted(node.label(), associations.size()),
          "Join them in one transformation, or use parley:payload.");
    }
    return associations(node, "dataInput");
  }

  /** Associations that keep the incoming message, from the node's data output. */
  List<DataAssociation> outputs(XmlElement node) {
    checkSingle(node, "dataOutput");
    return associations(node, "dataOutput");
  }

  /** All associations into an activity's data inputs, or out of its data outputs. */
  List<DataAssociation> associations(XmlElement activity, String kind) {
    return read(associationsOf(activity, kind), activity, processEnd(kind), nodeEnd(kind), kind);
  }

  /** The same for one of several data inputs or outputs. */
  List<DataAssociation> associations(XmlElement activity, XmlElement data) {
    String kind = data.kind();
    boolean only = nodeData(activity, kind).count() == 1;
    var associations =
        associationsOf(activity, kind).stream()
            .filter(a -> only || names(a, nodeEnd(kind), data))
            .toList();
    return read(associations, activity, processEnd(kind), nodeEnd(kind), kind);
  }

  static List<XmlElement> associationsOf(XmlElement activity, String kind) {
    return activity.children(kind + "Association");
  }

  static String processEnd(String kind) {
    return kind.equals("dataInput") ? "sourceRef" : "targetRef";
  }

  static String nodeEnd(String kind) {
    return kind.equals("dataInput") ? "targetRef" : "sourceRef";
  }

  static boolean names(XmlElement association, String end, XmlElement data) {
    return association.children(end).stream().anyMatch(e -> e.text().strip().equals(data.id()));
  }

  private List<DataAssociation> read(
      List<XmlElement> associations,
      XmlElement node,
      String processEnd,
      String nodeEnd,
      String nodeData) {
    var read = new ArrayList<DataAssociation>();
    for (var association : associations) {
      checkNodeEnd(association, node, nodeEnd, nodeData);
      boolean assigned = !association.children("assignment").isEmpty();
      boolean sourceless =
          processEnd.equals("sourceRef") && association.child(processEnd).isEmpty();
      var object =
          assigned && sourceless ? Optional.of("") : dataObject(association, node, processEnd);
      object.ifPresent(id -> read.add(association(association, id)));
    }
    return List.copyOf(read);
  }

  private DataAssociation association(XmlElement association, String dataObject) {
    return new DataAssociation(
        dataObject,
        association.child("transformation").map(expressions::formal).orElse(null),
        association.children("assignment").stream().map(this::assignment).toList(),
        association.location());
  }

  private Assignment assignment(XmlElement assignment) {
    return new Assignment(expression(assignment, "from"), expression(assignment, "to"));
  }

  private Formal expression(XmlElement assignment, String end) {
    return expressions.condition(assignment.child(end).orElse(assignment));
  }

  private Optional<String> dataObject(XmlElement association, XmlElement node, String end) {
    if (association.children(end).size() != 1) {
      findings.error(
          association,
          Rule.DATA,
          "Expected one %s that names a data object, but found %d."
              .formatted(end, association.children(end).size()),
          "Name one data object; a transformation and parley:payload see all of them by name.");
      return Optional.empty();
    }
    return references
        .byChild(association, end, HOLDERS)
        .flatMap(found -> visible(node, association, found));
  }

  /** What a data object is called: by itself, else by the only name of its references. */
  String nameOf(XmlElement object) {
    return tree.nameOf(object);
  }

  /** The data object that a node means by one, or by a reference to one. */
  Optional<String> visible(XmlElement node, XmlElement holder, XmlElement found) {
    return tree.locals(node).contains(found)
        ? Optional.of(found.id())
        : dataObject(tree.sees(node, found), node, holder, found);
  }

  /** The same for the collection of a loop, which is not inside the activity that loops. */
  Optional<String> visibleAround(XmlElement activity, XmlElement holder, XmlElement found) {
    return dataObject(tree.seesFrom(tree.holder(activity), found), activity, holder, found);
  }

  private Optional<String> dataObject(
      boolean sees, XmlElement node, XmlElement holder, XmlElement found) {
    if (!sees) {
      findings.error(
          holder,
          Rule.DATA,
          "Expected a data object of process '%s' that '%s' can see, but '%s' is elsewhere."
              .formatted(tree.process().label(), node.label(), found.label()),
          "Declare a data object in the process or sub-process that the node is in.");
      return Optional.empty();
    }
    if (!found.kind().equals("dataObjectReference")) {
      return Optional.of(found.id());
    }
    if (found.attribute("dataObjectRef").isEmpty()) {
      findings.error(
          found,
          Rule.DATA,
          "Expected data object reference '%s' to name a data object, but it names none."
              .formatted(found.label()),
          "Add dataObjectRef.");
    }
    return references.byAttribute(found, "dataObjectRef", "dataObject").map(XmlElement::id);
  }

  private void checkNodeEnd(
      XmlElement association, XmlElement node, String nodeEnd, String nodeData) {
    var named = association.children(nodeEnd);
    // Tools leave the source of an output association out: the node's only output is meant.
    if (named.isEmpty()) {
      return;
    }
    boolean own =
        named.size() == 1
            && Stream.concat(nodeData(node, nodeData), placeholders(node))
                .anyMatch(d -> d.id().equals(named.getFirst().text().strip()));
    if (!own) {
      wrongEnd(association, node, nodeEnd, nodeData);
    }
  }

  void wrongEnd(XmlElement association, XmlElement node, String nodeEnd, String nodeData) {
    var named = association.children(nodeEnd).stream().map(n -> n.text().strip()).toList();
    findings.error(
        association,
        Rule.DATA,
        "Expected %s to name the %s of '%s', but found '%s'."
            .formatted(nodeEnd, nodeData, node.label(), String.join(", ", named)),
        "Name the %s of the node's ioSpecification, or of the event.".formatted(nodeData));
  }

  static Stream<XmlElement> nodeData(XmlElement node, String kind) {
    return Stream.concat(
        node.children(kind).stream(),
        node.children("ioSpecification").stream().flatMap(s -> s.children(kind).stream()));
  }

  static Stream<XmlElement> placeholders(XmlElement node) {
    return node.children("property").stream()
        .filter(p -> p.attribute("name").orElse("").equals(PLACEHOLDER));
  }

  /** A node that only sends has no data output, one that only receives or computes no input. */
  void refuse(XmlElement node, String kind) {
    nodeData(node, kind)
        .forEach(
            found ->
                findings.error(
                    found,
                    Rule.UNSUPPORTED_ELEMENT,
                    "Expected no %s in %s '%s', but found one."
                        .formatted(kind, node.name().getLocalPart(), node.label()),
                    "Remove it."));
  }

  /** A message is one item, and is there. */
  private void checkSingle(XmlElement node, String kind) {
    nodeData(node, kind)
        .filter(d -> d.isTrue("isCollection", false))
        .forEach(d -> notOneMessage(d, node, "it is a collection", "Remove isCollection."));
    nodeData(node, kind)
        .skip(1)
        .forEach(d -> notOneMessage(d, node, "it has another " + kind, "Keep one."));
    nodeData(node, kind.equals("dataInput") ? "inputSet" : "outputSet")
        .flatMap(s -> s.children().stream().filter(c -> c.kind().startsWith("optional")))
        .forEach(o -> notOneMessage(o, node, "it is optional", "Use " + kind + "Refs."));
  }

  private void notOneMessage(XmlElement at, XmlElement node, String found, String remedy) {
    findings.error(
        at,
        Rule.DATA,
        "Expected the data of '%s' to be one item, its message, but %s."
            .formatted(node.label(), found),
        remedy);
  }

  /** What {@code parley:result} names: a data object's id, its reference's id, or a name. */
  @Nullable String result(XmlElement node) {
    var wanted = node.parley("result").map(String::strip);
    if (wanted.isEmpty()) {
      return null;
    }
    var found = new LinkedHashSet<String>();
    Stream.of(tree.locals(node), tree.data(), tree.all("dataObjectReference"))
        .flatMap(List::stream)
        .filter(c -> isCalled(c, wanted.get()))
        .filter(c -> tree.locals(node).contains(c) || tree.sees(node, c))
        .forEach(c -> visible(node, node, c).ifPresent(found::add));
    if (found.size() != 1) {
      findings.error(
          node,
          Rule.DATA,
          "Expected parley:result to name one data object of process '%s', but '%s' names %d."
              .formatted(tree.process().label(), wanted.get(), found.size()),
          "Use the id of a data object.");
      return null;
    }
    return found.iterator().next();
  }

  private static boolean isCalled(XmlElement element, String wanted) {
    return element.id().equals(wanted) || element.attribute("name").orElse("").equals(wanted);
  }
}
