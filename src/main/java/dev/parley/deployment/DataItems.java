package dev.parley.deployment;

import dev.parley.bpmn.ProcessDefinition;
import dev.parley.bpmn.ProcessDefinition.DataObject;
import dev.parley.deployment.ExecutableProcess.DataItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;

/** The data objects of a process by number, and what they are called in expressions. */
final class DataItems {
  private static final Pattern NCNAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}._\\-·]*");

  private final List<DataObject> objects;
  private final List<DataItem> items = new ArrayList<>();
  private final Map<String, Integer> byId = new HashMap<>();
  private final Map<String, Integer> byVariable = new HashMap<>();
  private final Set<Integer> used = new HashSet<>();

  DataItems(ProcessDefinition process, Findings findings) {
    this.objects = process.dataObjects();
    for (var object : objects) {
      int index = items.size();
      items.add(new DataItem(index, object.name(), element(object), object.id()));
      byId.put(object.id(), index);
    }
    for (var object : objects) {
      declare(object.name(), object, findings);
      declare(object.id(), object, findings);
    }
  }

  List<DataItem> items() {
    return List.copyOf(items);
  }

  /** What expressions may call the data objects: their names, and their ids. */
  Set<String> variables() {
    return Set.copyOf(byVariable.keySet());
  }

  /** The data object with an id, which is one of this process. */
  DataItem use(String id) {
    return use(items.get(Objects.requireNonNull(byId.get(id), id)));
  }

  DataItem use(DataItem item) {
    used.add(item.index());
    return item;
  }

  boolean has(String id) {
    return byId.containsKey(id);
  }

  List<DataItem> holding(QName element) {
    return items.stream().filter(i -> i.element().equals(Optional.of(element))).toList();
  }

  /** Marks what an expression mentions; a comment that mentions it counts, which does no harm. */
  void useIn(String expression) {
    byVariable.forEach(
        (name, index) -> {
          var mention =
              Pattern.compile("(\\$|['\"])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_\\-])");
          if (mention.matcher(expression).find()) {
            used.add(index);
          }
        });
  }

  void warnOfUnused(Findings findings) {
    for (var object : objects) {
      if (!used.contains(byId.get(object.id()))) {
        findings.warning(
            object.location(),
            object.id(),
            Rule.UNUSED_DATA_OBJECT,
            "Expected every data object to be read or written, but nothing uses '%s'."
                .formatted(object.name()),
            "Remove it, or associate it with a task.");
      }
    }
  }

  private void declare(String variable, DataObject object, Findings findings) {
    if (!NCNAME.matcher(variable).matches()) {
      return;
    }
    var index = byId.get(object.id());
    var other = byVariable.putIfAbsent(variable, index == null ? 0 : index);
    if (other != null && !other.equals(index)) {
      findings.error(
          object.location(),
          object.id(),
          Rule.DUPLICATE_DATA_NAME,
          "Expected '$%s' to be one data object, but '%s' is called so too."
              .formatted(variable, objects.get(other).id()),
          "Rename one of them.");
    }
  }

  private static Optional<QName> element(DataObject object) {
    var item = object.item();
    if (item == null || object.isCollection() || item.isCollection()) {
      return Optional.empty();
    }
    return Optional.ofNullable(item.structure())
        .filter(s -> !s.getNamespaceURI().equals(XMLConstants.W3C_XML_SCHEMA_NS_URI));
  }
}
