package dev.parley.deployment;

import dev.parley.bpmn.Definitions.CorrelationKeyDefinition;
import dev.parley.bpmn.Definitions.CorrelationProperty;
import dev.parley.bpmn.ProcessDefinition;
import dev.parley.bpmn.ProcessDefinition.CorrelationSubscription;
import dev.parley.bpmn.ProcessDefinition.PropertyBinding;
import dev.parley.expression.Expression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keys that a process computes from its data: context-based correlation (clause 8.4.2). */
final class ContextKeys {
  private final List<CorrelationKeyDefinition> keys;
  private final Formulas formulas;
  private final Findings findings;

  ContextKeys(List<CorrelationKeyDefinition> keys, Formulas formulas, Findings findings) {
    this.keys = keys;
    this.formulas = formulas;
    this.findings = findings;
  }

  /** By the key's number, an expression for each of its properties. */
  Map<Integer, List<Expression>> of(ProcessDefinition process) {
    var computed = new LinkedHashMap<Integer, List<Expression>>();
    for (var subscription : process.subscriptions()) {
      var key = keys.stream().filter(k -> k.id().equals(subscription.key())).findFirst();
      if (key.isEmpty()) {
        refuse(
            subscription,
            "Expected the correlationKey '%s' to stand in a collaboration or conversation of this file, but it does not."
                .formatted(subscription.key()),
            "Name a key by which messages find their instance.");
      } else if (computed.put(
              keys.indexOf(key.get()), expressions(process, subscription, key.get()))
          != null) {
        refuse(
            subscription,
            "Expected one correlationSubscription for the key '%s', but found another one."
                .formatted(key.get().id()),
            "Keep one of them.");
      }
    }
    return computed;
  }

  private List<Expression> expressions(
      ProcessDefinition process,
      CorrelationSubscription subscription,
      CorrelationKeyDefinition key) {
    checkBindings(subscription, key);
    var expressions = new ArrayList<Expression>();
    for (var property : key.properties()) {
      var binding = binding(subscription, property);
      if (binding.isEmpty()) {
        refuse(
            subscription,
            "Expected a correlationPropertyBinding for every property of the key '%s', but '%s' has none."
                .formatted(key.id(), property.id()),
            "Add one; a key with a part missing would never be set.");
      }
      binding
          .flatMap(b -> formulas.compile(b.dataPath(), process.id()))
          .ifPresent(expressions::add);
    }
    return expressions;
  }

  private static Optional<PropertyBinding> binding(
      CorrelationSubscription subscription, CorrelationProperty property) {
    return subscription.bindings().stream()
        .filter(b -> b.property().equals(property.id()))
        .findFirst();
  }

  private void checkBindings(CorrelationSubscription subscription, CorrelationKeyDefinition key) {
    var bound = new ArrayList<String>();
    for (var binding : subscription.bindings()) {
      boolean isOfKey = key.properties().stream().anyMatch(p -> p.id().equals(binding.property()));
      if (!isOfKey || bound.contains(binding.property())) {
        findings.error(
            binding.location(),
            subscription.id(),
            Rule.CORRELATION_SUBSCRIPTION,
            isOfKey
                ? "Expected one correlationPropertyBinding for the property '%s', but found another one."
                    .formatted(binding.property())
                : "Expected correlationPropertyBindings for properties of the key '%s', but '%s' is none of its."
                    .formatted(key.id(), binding.property()),
            "Remove the binding, or correct its correlationPropertyRef.");
      }
      bound.add(binding.property());
    }
  }

  private void refuse(CorrelationSubscription subscription, String problem, String remedy) {
    findings.error(
        subscription.location(), subscription.id(), Rule.CORRELATION_SUBSCRIPTION, problem, remedy);
  }
}
