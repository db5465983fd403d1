package dev.parley.turn;

import dev.parley.deployment.Element.CallActivity;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.ServicePort;
import dev.parley.engine.ProcessInstance;
import dev.parley.message.Message;
import dev.parley.message.MessageKind;
import dev.parley.store.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.namespace.QName;

/** Every process version that runs. Immutable: a deployment makes the next one. */
public final class Deployments {
  public static final Deployments NONE = new Deployments(Map.of());

  private final Map<Integer, ProcessVersion> byDefinition;
  private final Map<String, List<ProcessVersion>> byKey;
  private final Map<QName, Set<String>> providers = new HashMap<>();

  private Deployments(Map<Integer, ProcessVersion> byDefinition) {
    this.byDefinition = Map.copyOf(byDefinition);
    var grouped = new HashMap<String, List<ProcessVersion>>();
    for (var version : byDefinition.values()) {
      grouped.computeIfAbsent(version.process().key(), _ -> new ArrayList<>()).add(version);
    }
    grouped.values().forEach(versions -> versions.sort((a, b) -> b.version() - a.version()));
    this.byKey = Map.copyOf(grouped);
    for (var version : latest()) {
      for (var port : version.process().provided()) {
        if (port.operations().stream().noneMatch(o -> o.pattern().first() == MessageKind.INPUT)) {
          // Taken there is what another service begins: a consumer's port.
          continue;
        }
        providers
            .computeIfAbsent(port.service().name(), _ -> new TreeSet<>())
            .add(version.process().key());
      }
    }
  }

  public Deployments with(Collection<ProcessVersion> more) {
    var all = new HashMap<>(byDefinition);
    more.forEach(v -> all.put(v.definition(), v));
    return new Deployments(all);
  }

  /** Newest first; empty when nothing of that key was deployed. */
  public List<ProcessVersion> versions(String process) {
    return byKey.getOrDefault(process, List.of());
  }

  /** The newest version of a message's process that has its operation. */
  Optional<ProcessVersion> having(Message message) {
    return versions(message.process()).stream()
        .filter(v -> v.process().operations().containsKey(message.operation()))
        .findFirst();
  }

  /** Whether the exchange that a message begins may not end without a second one. */
  boolean mustAnswer(Message message) {
    return having(message).filter(v -> !v.mustAnswer(message.operation())).isEmpty();
  }

  /** What a body breaks of the schema of the port that its operation is taken at. */
  public List<String> violations(Message message) {
    return latest(message.process()).stream()
        .flatMap(version -> version.process().provided().stream())
        .filter(port -> port.service().name().equals(message.operation().interfaceName()))
        .map(ServicePort::schemas)
        .findFirst()
        .map(schemas -> schemas.violations(message.body()))
        .orElse(List.of());
  }

  public Optional<ProcessVersion> latest(String process) {
    return versions(process).stream().findFirst();
  }

  /** A version of a process by its own number; the latest one for {@link CallActivity#LATEST}. */
  Optional<ProcessVersion> version(String process, int number) {
    return number == CallActivity.LATEST
        ? latest(process)
        : versions(process).stream().filter(v -> v.version() == number).findFirst();
  }

  /**
   * The version with this number. Throws {@link StoreException} where the store knows more than was
   * loaded: another gateway has deployed it at this moment, {@link StoreException#isLostRace}.
   */
  public ProcessVersion definition(int definition) {
    return loaded(definition)
        .orElseThrow(
            () ->
                StoreException.lostRace(
                    "Process definition %d is not loaded".formatted(definition)));
  }

  /** Whether the version with this number is loaded. */
  public boolean has(int definition) {
    return byDefinition.containsKey(definition);
  }

  /** The same; empty where it is not loaded, for nothing that runs needs it. */
  Optional<ProcessVersion> loaded(int definition) {
    return Optional.ofNullable(byDefinition.get(definition));
  }

  /** What an instance runs; it must be loaded. */
  ExecutableProcess process(ProcessInstance instance) {
    return definition(instance.definition()).process();
  }

  /** The key of the only process but one that provides an interface. */
  public Optional<String> provider(QName interfaceName, String but) {
    var others =
        providers.getOrDefault(interfaceName, Set.of()).stream()
            .filter(key -> !key.equals(but))
            .toList();
    return others.size() == 1 ? Optional.of(others.getFirst()) : Optional.empty();
  }

  /** The keys of the processes any version of which takes this message, sorted. */
  public List<String> receivers(MessageName message) {
    return byKey.entrySet().stream()
        .filter(e -> e.getValue().stream().anyMatch(v -> v.receives(message)))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Every version of every process. */
  Collection<ProcessVersion> all() {
    return byDefinition.values();
  }

  /** The newest version of each process. */
  public List<ProcessVersion> latest() {
    return byKey.keySet().stream().sorted().map(k -> versions(k).getFirst()).toList();
  }
}
