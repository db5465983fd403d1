package dev.parley.deployment;

import dev.parley.bpmn.Definitions;
import dev.parley.bpmn.Definitions.CorrelationKeyDefinition;
import dev.parley.bpmn.Definitions.CorrelationProperty;
import dev.parley.bpmn.Definitions.MessageDefinition;
import dev.parley.bpmn.Formal;
import dev.parley.bpmn.ProcessDefinition;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.KeyExtraction.KeyValues;
import dev.parley.deployment.MessageUse.Direction;
import dev.parley.expression.Expression;
import dev.parley.expression.Expressions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The correlation keys of a file and how each message gives their values (clause 8.4.2). */
final class Correlations {
  /** Its name among the paths, which the ids of properties cannot be. */
  private static final String IDENTITY = "parley:identity";

  private final List<CorrelationKeyDefinition> definitions;
  private final Retrievals retrievals;
  private final Findings findings;
  private final Set<String> set = new HashSet<>();

  Correlations(Definitions definitions, Expressions expressions, Findings findings) {
    var byId = new LinkedHashMap<String, CorrelationKeyDefinition>();
    definitions.collaborations().stream()
        .flatMap(c -> c.keys().stream())
        .forEach(k -> byId.putIfAbsent(k.id(), k));
    this.definitions = List.copyOf(byId.values());
    this.retrievals = new Retrievals(expressions, findings);
    this.findings = findings;
  }

  /**
   * In the order declared.
   *
   * @param computed expressions for those that the process's data give
   * @param conversation instances hand out endpoint references of their own
   */
  List<ExecutableProcess.Key> keys(
      KeyScopes scopes, Map<Integer, List<Expression>> computed, boolean conversation) {
    var keys = new ArrayList<ExecutableProcess.Key>();
    for (var key : definitions) {
      var properties = key.properties().stream().map(CorrelationProperty::name).toList();
      int index = keys.size();
      var paths = computed.getOrDefault(index, List.of());
      int scope = paths.isEmpty() ? scopes.of(index) : 0;
      keys.add(new ExecutableProcess.Key(index, key.name(), properties, scope, paths));
    }
    if (conversation) {
      var name = ExecutableProcess.Key.CONVERSATION;
      keys.add(new ExecutableProcess.Key(keys.size(), name, List.of(name), 0));
    }
    return keys;
  }

  /** By the key's number, expressions for those that follow from the process's data. */
  Map<Integer, List<Expression>> computed(ProcessDefinition process, Formulas formulas) {
    return new ContextKeys(definitions, formulas, findings).of(process);
  }

  /** For each message of a process that sets or matches a key. */
  Map<MessageName, KeyExtraction> extractions(Roles roles, boolean conversation) {
    var extractions = new HashMap<MessageName, KeyExtraction>();
    var identities = new DeclaredIdentities(findings).of(roles);
    messages(roles)
        .forEach(
            (name, model) ->
                extraction(model, name.operation().isSimpleMessage(), identities.remove(name))
                    .ifPresent(extraction -> extractions.put(name, extraction)));
    // Of messages that the model has no name for.
    identities.forEach(
        (name, identity) ->
            extraction(new LinkedHashMap<>(), List.of(), identity)
                .ifPresent(extraction -> extractions.put(name, extraction)));
    if (conversation) {
      addConversation(roles, extractions);
    } else {
      checkReceives(roles);
    }
    checkStarts(roles);
    return extractions;
  }

  /** Every message that a partner may send to the endpoint reference of an instance. */
  private void addConversation(Roles roles, Map<MessageName, KeyExtraction> extractions) {
    var key = new KeyValues(definitions.size(), List.of());
    for (var use : roles.uses()) {
      (use.receives() ? roles.part(use) : roles.callback(use))
          .filter(Part::isFirst)
          .ifPresent(
              part ->
                  extractions.merge(
                      part.message(),
                      new KeyExtraction(retrievals.none(), List.of(key), KeyExtraction.NO_IDENTITY),
                      (found, _) -> found.contains(key) ? found : found.and(key)));
    }
  }

  /** To be asked when all processes of the file are done. */
  void warnOfUnusedKeys() {
    for (var key : definitions) {
      if (!set.contains(key.id())) {
        findings.warning(
            key.location(),
            key.id(),
            Rule.UNUSED_KEY,
            "Expected a message with a retrieval expression for every property of the key, but no"
                + " message that the file's processes send or receive has them.",
            "Add correlationPropertyRetrievalExpressions for a message, or remove the key.");
      }
    }
  }

  private static Map<MessageName, MessageDefinition> messages(Roles roles) {
    var messages = new LinkedHashMap<MessageName, MessageDefinition>();
    for (var use : roles.uses()) {
      for (var part : parts(use, roles)) {
        part.model().ifPresent(model -> messages.putIfAbsent(part.message(), model));
      }
    }
    return messages;
  }

  /** The parts of an exchange that a node plays. */
  static List<Part> parts(MessageUse use, Roles roles) {
    var parts = new ArrayList<>(roles.part(use).stream().toList());
    if (use.direction() == Direction.INVOKE) {
      roles
          .part(use)
          .filter(p -> p.operation().hasSecond())
          .map(Part::answer)
          .ifPresent(parts::add);
      roles.callback(use).ifPresent(parts::add);
    }
    return parts;
  }

  /** The sender of a simple message may give every key itself. */
  private Optional<KeyExtraction> extraction(
      MessageDefinition message, boolean simple, @Nullable Formal identity) {
    var paths = new LinkedHashMap<String, Formal>();
    var keys = new ArrayList<KeyValues>();
    for (int index = 0; index < definitions.size(); index++) {
      var key = definitions.get(index);
      if (simple ? isWhole(key, message) : isComplete(key, message)) {
        set.add(key.id());
        keys.add(new KeyValues(index, positions(key, message, paths)));
      } else if (simple) {
        set.add(key.id());
        keys.add(new KeyValues(index, List.of()));
      }
    }
    return extraction(paths, keys, identity);
  }

  private Optional<KeyExtraction> extraction(
      Map<String, Formal> paths, List<KeyValues> keys, @Nullable Formal identity) {
    if (keys.isEmpty() && identity == null) {
      return Optional.empty();
    }
    int position = identity == null ? KeyExtraction.NO_IDENTITY : paths.size();
    if (identity != null) {
      paths.put(IDENTITY, identity);
    }
    return retrievals.compile(paths).map(extractor -> new KeyExtraction(extractor, keys, position));
  }

  private static List<Integer> positions(
      CorrelationKeyDefinition key, MessageDefinition message, Map<String, Formal> paths) {
    var positions = new ArrayList<Integer>();
    for (var property : key.properties()) {
      var formal = property.retrievalByMessage().get(message.id());
      if (formal != null) {
        paths.putIfAbsent(property.id(), formal);
      }
      positions.add(List.copyOf(paths.keySet()).indexOf(property.id()));
    }
    return positions;
  }

  private static boolean isWhole(CorrelationKeyDefinition key, MessageDefinition message) {
    return !key.properties().isEmpty()
        && key.properties().stream()
            .allMatch(p -> p.retrievalByMessage().containsKey(message.id()));
  }

  private boolean isComplete(CorrelationKeyDefinition key, MessageDefinition message) {
    var missing =
        key.properties().stream()
            .filter(p -> !p.retrievalByMessage().containsKey(message.id()))
            .map(CorrelationProperty::id)
            .toList();
    if (!missing.isEmpty() && missing.size() < key.properties().size()) {
      findings.warning(
          key.location(),
          key.id(),
          Rule.INCOMPLETE_KEY,
          "Expected the message '%s' to give all properties of the key or none, but it has no retrieval expression for %s."
              .formatted(message.id(), String.join(", ", missing)),
          "Add the missing correlationPropertyRetrievalExpressions; without them the message"
              + " neither sets nor matches the key.");
    }
    return missing.isEmpty() && !key.properties().isEmpty();
  }

  private void checkReceives(Roles roles) {
    for (var use : roles.uses()) {
      var message = roles.part(use).filter(Part::isFirst).flatMap(Part::model);
      boolean findsByAnswer = use.node().common().policies().containsKey(Policies.RELATES_TO);
      if (!use.receives() || use.starts() || message.isEmpty() || findsByAnswer) {
        continue;
      }
      boolean simple = roles.part(use).filter(p -> p.operation().isSimple()).isPresent();
      if (simple
          ? definitions.isEmpty()
          : definitions.stream().noneMatch(key -> isComplete(key, message.get()))) {
        findings.error(
            use.node().location(),
            use.id(),
            Rule.UNCORRELATED_RECEIVE,
            "Expected a correlation key all of whose properties have a retrieval expression for the message '%s', but found none: no message could find its instance."
                .formatted(message.get().id()),
            "Add a correlationKey to the collaboration, and retrieval expressions for this message"
                + " and for the one that sets the key.");
      }
    }
  }

  private void checkStarts(Roles roles) {
    var starts = new HashMap<MessageName, String>();
    for (var use : roles.uses()) {
      var part = roles.part(use).filter(_ -> use.starts());
      var other = part.map(p -> starts.putIfAbsent(p.message(), use.id()));
      if (other.isPresent()) {
        findings.error(
            use.node().location(),
            use.id(),
            Rule.DUPLICATE_START,
            "Expected one start for each message, but '%s' starts an instance with it too."
                .formatted(other.get()),
            "Keep one of them, and branch after it.");
      }
    }
  }
}
