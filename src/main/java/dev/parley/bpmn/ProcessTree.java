package dev.parley.bpmn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a process holds, and in which of its sub-processes each element stands. */
final class ProcessTree {
  private final List<XmlElement> containers = new ArrayList<>();
  private final List<XmlElement> nodes = new ArrayList<>();
  private final Map<String, XmlElement> holders = new HashMap<>();

  ProcessTree(XmlElement process) {
    visit(process);
  }

  private void visit(XmlElement container) {
    containers.add(container);
    for (var child : container.children()) {
      holders.put(child.id(), container);
      if (child.kind().equals("ioSpecification")) {
        child.children().forEach(data -> holders.put(data.id(), container));
      }
      if (Vocabulary.isFlowNode(child)) {
        nodes.add(child);
        if (isSubProcess(child)) {
          visit(child);
        }
      }
    }
  }

  static boolean isSubProcess(XmlElement element) {
    return element.kind().equals("subProcess");
  }

  static boolean isEventSubProcess(XmlElement element) {
    return isSubProcess(element) && element.isTrue("triggeredByEvent", false);
  }

  XmlElement process() {
    return containers.getFirst();
  }

  /** The process, then its sub-processes in document order. */
  List<XmlElement> containers() {
    return containers;
  }

  /** In document order: a sub-process stands before what it holds. */
  List<XmlElement> nodes() {
    return nodes;
  }

  /** Children of one kind of all containers. */
  List<XmlElement> all(String kind) {
    return containers.stream().flatMap(c -> c.children(kind).stream()).toList();
  }

  /** What holds data in the process and its sub-processes, but for references to it. */
  List<XmlElement> data() {
    var found = new ArrayList<>(all("dataObject"));
    found.addAll(all("property"));
    for (var kind : List.of("dataInput", "dataOutput")) {
      DataReader.nodeData(process(), kind).forEach(found::add);
    }
    return found;
  }

  /** What a data object is called: by itself, else by the only name of its references. */
  String nameOf(XmlElement object) {
    if (object.attribute("name").isPresent()) {
      return object.title();
    }
    var names =
        all("dataObjectReference").stream()
            .filter(r -> r.attribute("dataObjectRef").filter(object.id()::equals).isPresent())
            .flatMap(r -> r.attribute("name").stream())
            .distinct()
            .toList();
    return names.size() == 1 ? names.getFirst() : object.title();
  }

  /** The process or sub-process that an element stands in. */
  XmlElement holder(XmlElement element) {
    return holders.getOrDefault(element.id(), process());
  }

  /** The items that only one instance of a loop around a node has. */
  List<XmlElement> locals(XmlElement node) {
    var found = new ArrayList<XmlElement>();
    for (var at = node; !at.id().equals(process().id()); at = holder(at)) {
      at.children("multiInstanceLoopCharacteristics")
          .forEach(
              loop -> {
                found.addAll(loop.children("inputDataItem"));
                found.addAll(loop.children("outputDataItem"));
              });
    }
    return found;
  }

  /** Whether what stands at one place may use the data of another: its own or an enclosing one. */
  boolean sees(XmlElement node, XmlElement data) {
    return seesFrom(isSubProcess(node) ? node : holder(node), data);
  }

  /** Whether what stands in a process or sub-process may use the data. */
  boolean seesFrom(XmlElement container, XmlElement data) {
    if (!holders.containsKey(data.id())) {
      return false;
    }
    var wanted = holder(data).id();
    var at = container;
    while (!at.id().equals(wanted)) {
      if (at.id().equals(process().id())) {
        return false;
      }
      at = holder(at);
    }
    return true;
  }
}
