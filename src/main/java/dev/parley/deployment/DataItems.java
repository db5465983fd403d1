package dev.parley.deployment;

import dev.parley.bpmn.Definitions.ItemDefinition;
import dev.parley.bpmn.LoopDefinition;
import dev.parley.bpmn.LoopDefinition.LocalItem;
import dev.parley.bpmn.ProcessDefinition;
import dev.parley.bpmn.ProcessDefinition.DataObject;
import dev.parley.deployment.ExecutableProcess.DataItem;
import dev.parley.finding.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** The data objects of a process by number, and what they are called in expressions. */
final class DataItems {
  /** What every round of a loop knows of itself (BPMN 2.0.2, table 10.30). */
  static final List<String> LOOP_ATTRIBUTES =
      List.of(
          "loopCounter",
          "numberOfInstances",
          "numberOfActiveInstances",
          "numberOfCompletedInstances");

  private static final Pattern NCNAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}._\\-·]*");

  private record Declared(DataItem item, String id, Location location, boolean isLocal) {}

  private final Scopes scopes;
  private final Findings findings;
  private final List<Declared> declared = new ArrayList<>();
  private final Map<String, Integer> byId = new HashMap<>();
  private final Map<Integer, Map<String, DataItem>> byVariable = new HashMap<>();
  private final Set<Integer> used = new HashSet<>();

  DataItems(ProcessDefinition process, Scopes scopes, Findings findings) {
    this.scopes = scopes;
    this.findings = findings;
    for (var object : process.dataObjects()) {
      var element = object.isCollection() ? Optional.<QName>empty() : element(object.item());
      int scope = scopes.contentOf(object.container());
      declare(object.id(), object.name(), element, scope, object.location(), false);
    }
    for (var node : process.nodes()) {
      if (node.common().loop() instanceof LoopDefinition.MultiInstance loop) {
        declare(loop.inputItem(), scopes.roundOf(node.id()));
        declare(loop.outputItem(), scopes.roundOf(node.id()));
      }
    }
  }

  private void declare(@Nullable LocalItem local, int scope) {
    if (local != null) {
      declare(local.id(), local.name(), element(local.item()), scope, local.location(), true);
    }
  }

  private void declare(
      String id,
      String name,
      Optional<QName> element,
      int scope,
      Location location,
      boolean isLocal) {
    var item = new DataItem(declared.size(), name, element, scope);
    declared.add(new Declared(item, id, location, isLocal));
    byId.put(id, item.index());
    var variables = byVariable.computeIfAbsent(scope, _ -> new HashMap<>());
    for (var variable : new LinkedHashSet<>(List.of(name, id))) {
      var other = NCNAME.matcher(variable).matches() ? variables.putIfAbsent(variable, item) : null;
      if (other != null) {
        findings.error(
            location,
            id,
            Rule.DUPLICATE_DATA_NAME,
            "Expected '$%s' to be one data object, but '%s' is called so too."
                .formatted(variable, declared.get(other.index()).id()),
            "Rename one of them.");
      }
    }
  }

  /** What the process takes and gives; filling and reading it is use enough. */
  ProcessData ofProcess(ProcessDefinition process) {
    return new ProcessData(
        given(process, DataObject.Use.INPUT), given(process, DataObject.Use.OUTPUT));
  }

  private List<ProcessData.Given> given(ProcessDefinition process, DataObject.Use use) {
    var all =
        process.dataObjects().stream().filter(o -> o.container().equals(process.id())).toList();
    var declared = all.stream().filter(o -> o.use() == use).toList();
    declared.forEach(o -> use(o.id()));
    boolean declares =
        process.dataObjects().stream()
            .anyMatch(o -> o.use() == DataObject.Use.INPUT || o.use() == DataObject.Use.OUTPUT);
    var internal = all.stream().filter(o -> o.use() == DataObject.Use.INTERNAL).toList();
    return (declares ? declared : internal)
        .stream().map(o -> given(o, !declares || o.isOptional())).toList();
  }

  private ProcessData.Given given(DataObject object, boolean isOptional) {
    var item = declared.get(Objects.requireNonNull(byId.get(object.id()))).item();
    return new ProcessData.Given(
        new Expected(item.name(), item.element(), isOptional), item.index());
  }

  List<DataItem> items() {
    return declared.stream().map(Declared::item).toList();
  }

  /** What expressions of a node or flow may call: data objects' names and ids. */
  Set<String> variables(String element) {
    return variables(scopes.seenFrom(element));
  }

  /** What expressions may call that are looked at before a node's loop begins. */
  Set<String> variablesAround(String node) {
    return variables(scopes.around(node));
  }

  private Set<String> variables(int scope) {
    var visible = new HashSet<String>();
    var chain = scopes.chain(scope);
    chain.forEach(s -> visible.addAll(variablesOf(s).keySet()));
    if (chain.stream().anyMatch(scopes::isRound)) {
      visible.addAll(LOOP_ATTRIBUTES);
    }
    return visible;
  }

  Map<String, DataItem> variablesOf(int scope) {
    return byVariable.getOrDefault(scope, Map.of());
  }

  /** The data object with an id, which is one of this process. */
  DataItem use(String id) {
    return use(declared.get(Objects.requireNonNull(byId.get(id), id)).item());
  }

  DataItem use(DataItem item) {
    used.add(item.index());
    return item;
  }

  boolean has(String id) {
    return byId.containsKey(id);
  }

  /**
   * Those that a node sees and that hold an element; what is local to a loop's round counts not.
   */
  List<DataItem> holding(QName element, String node) {
    var chain = scopes.chain(scopes.seenFrom(node));
    return declared.stream()
        .filter(d -> !d.isLocal() && chain.contains(d.item().scope()))
        .map(Declared::item)
        .filter(i -> i.element().equals(Optional.of(element)))
        .toList();
  }

  /** Marks what an expression mentions; a comment that mentions it counts, which does no harm. */
  void useIn(String expression) {
    for (var variables : byVariable.values()) {
      variables.forEach(
          (name, item) -> {
            var mention =
                Pattern.compile("(\\$|['\"])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_\\-])");
            if (mention.matcher(expression).find()) {
              used.add(item.index());
            }
          });
    }
  }

  void warnOfUnused() {
    for (var object : declared) {
      if (!object.isLocal() && !used.contains(object.item().index())) {
        findings.warning(
            object.location(),
            object.id(),
            Rule.UNUSED_DATA_OBJECT,
            "Expected every data object to be read or written, but nothing uses '%s'."
                .formatted(object.item().name()),
            "Remove it, or associate it with a task.");
      }
    }
  }

  static Optional<QName> element(@Nullable ItemDefinition item) {
    if (item == null || item.isCollection()) {
      return Optional.empty();
    }
    return Optional.ofNullable(item.structure())
        .filter(s -> !s.getNamespaceURI().equals(XMLConstants.W3C_XML_SCHEMA_NS_URI));
  }
}
