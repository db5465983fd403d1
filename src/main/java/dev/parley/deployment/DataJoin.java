package dev.parley.deployment;

import dev.parley.bpmn.FlowNode.Common;
import dev.parley.bpmn.FlowNode.Messaging;
import dev.parley.bpmn.Formal;
import dev.parley.bpmn.ProcessDefinition.DataAssociation;
import dev.parley.bpmn.ProcessDefinition.NamedData;
import dev.parley.deployment.ActivityData.Input;
import dev.parley.deployment.ActivityData.Output;
import dev.parley.deployment.ExecutableProcess.DataItem;
import dev.parley.deployment.Interaction.Assignment;
import dev.parley.deployment.Interaction.Keep;
import dev.parley.deployment.Interaction.Outgoing;
import dev.parley.expression.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** Joins messages to data objects: by association, by short form, or the only one that fits. */
final class DataJoin {
  private final DataItems data;
  private final Formulas formulas;
  private final Findings findings;

  DataJoin(DataItems data, Formulas formulas, Findings findings) {
    this.data = data;
    this.formulas = formulas;
    this.findings = findings;
  }

  /** What the outgoing message is made of. */
  Optional<Outgoing> outgoing(Common node, Messaging messaging, Optional<QName> element) {
    return outgoing(node, messaging.payload(), messaging.inputs(), element);
  }

  /** The data of an activity that has several inputs and outputs. */
  Optional<ActivityData> activity(Common node, List<NamedData> inputs, List<NamedData> outputs) {
    checkNames(node, inputs);
    checkNames(node, outputs);
    var given = inputs(node, inputs);
    var left = new ArrayList<Output>();
    for (var output : outputs) {
      var element = DataItems.element(output.item()).or(() -> kept(output));
      var kept =
          output.associations().isEmpty()
              ? Optional.of(List.<Keep>of())
              : keeps(node, output.associations(), null, null, element);
      kept.ifPresent(
          k -> left.add(new Output(new Expected(output.name(), element, output.isOptional()), k)));
    }
    return left.size() == outputs.size()
        ? given.map(g -> new ActivityData(g, left))
        : Optional.empty();
  }

  private void checkNames(Common node, List<NamedData> data) {
    var names = new HashSet<String>();
    for (var each : data) {
      if (!names.add(each.name())) {
        findings.error(
            each.location(),
            node.id(),
            Rule.DUPLICATE_DATA_NAME,
            "Expected each data input and output of '%s' to have a name of its own, but '%s' is there twice."
                .formatted(node.name(), each.name()),
            "Rename one of them.");
      }
    }
  }

  /** What holds it says what it is, where it does not say so itself. */
  private Optional<QName> kept(NamedData output) {
    return output.associations().stream()
        .filter(a -> a.transformation() == null && a.assignments().isEmpty())
        .flatMap(a -> data.use(a.dataObject()).element().stream())
        .findFirst();
  }

  Optional<List<Input>> inputs(Common node, List<NamedData> inputs) {
    var given = new ArrayList<Input>();
    for (var input : inputs) {
      if (input.associations().size() > 1) {
        twoSources(node, "what data input '%s' is".formatted(input.name()), "one association");
        continue;
      }
      boolean isOptional = input.isOptional() || input.associations().isEmpty();
      outgoing(node, null, input.associations(), Optional.empty())
          .ifPresent(o -> given.add(new Input(input.name(), o, isOptional)));
    }
    return given.size() == inputs.size() ? Optional.of(given) : Optional.empty();
  }

  /** As the model says, or the only data object that holds this element. */
  Optional<Outgoing> outgoing(
      Common node,
      @Nullable Formal payload,
      List<DataAssociation> inputs,
      Optional<QName> element) {
    if (inputs.size() + (payload == null ? 0 : 1) > 1) {
      twoSources(node, "the message's content", "parley:payload or one data input association");
      return Optional.empty();
    }
    if (payload != null) {
      return formulas.compile(payload, node.id()).map(Outgoing.Computed::new);
    }
    if (!inputs.isEmpty()) {
      return associated(node, inputs.getFirst(), element);
    }
    return element.isEmpty() ? Optional.of(new Outgoing.Nothing()) : only(node, element.get());
  }

  /** Where the incoming message goes. */
  Optional<List<Keep>> keeps(Common node, Messaging messaging, Optional<QName> element) {
    var expression = messaging.resultExpression();
    if (expression != null && messaging.result() == null) {
      findings.error(
          node.location(),
          node.id(),
          Rule.AMBIGUOUS_DATA,
          "Expected parley:result beside parley:resultExpression, but found none.",
          "Add parley:result with the id of a data object.");
      return Optional.empty();
    }
    return keeps(node, messaging.outputs(), messaging.result(), expression, element);
  }

  /** As the model says, or whole in the only data object that holds this element, or nowhere. */
  Optional<List<Keep>> keeps(
      Common node,
      List<DataAssociation> outputs,
      @Nullable String result,
      @Nullable Formal expression,
      Optional<QName> element) {
    if (result != null && !outputs.isEmpty()) {
      twoSources(node, "where the result goes", "parley:result or data output associations");
      return Optional.empty();
    }
    if (result != null) {
      return keep(node, result, expression, element).map(List::of);
    }
    if (!outputs.isEmpty()) {
      var keeps = new ArrayList<Keep>();
      outputs.forEach(o -> keep(node, o, element).ifPresent(keeps::add));
      return keeps.size() == outputs.size() ? Optional.of(keeps) : Optional.empty();
    }
    var holding = element.map(e -> data.holding(e, node.id())).orElse(List.of());
    if (holding.size() > 1) {
      refuseToGuess(node, "parley:result or a data output association", element, holding);
      return Optional.empty();
    }
    return Optional.of(holding.stream().map(i -> new Keep(data.use(i).index(), null)).toList());
  }

  private Optional<Outgoing> associated(
      Common node, DataAssociation input, Optional<QName> element) {
    var transformation = input.transformation();
    if (!input.assignments().isEmpty()) {
      return assigned(node, input, Set.of())
          .map(a -> new Outgoing.Assigned(a.transformation(), a.assignments()));
    }
    var item = data.use(input.dataObject());
    if (transformation != null) {
      return formulas.compileConstructor(transformation, node.id()).map(Outgoing.Computed::new);
    }
    checkType(node, item, element);
    return Optional.of(new Outgoing.Item(item.index()));
  }

  private record Assigned(@Nullable Expression transformation, List<Assignment> assignments) {}

  /**
   * The assignments of an association, after its transformation.
   *
   * @param target what the target's whole value is called, besides {@code .}
   */
  private Optional<Assigned> assigned(
      Common node, DataAssociation association, Set<String> target) {
    var transformation = association.transformation();
    var first =
        transformation == null
            ? null
            : formulas.compileConstructor(transformation, node.id()).orElse(null);
    var assignments = new ArrayList<Assignment>();
    for (var assignment : association.assignments()) {
      var from = formulas.compileConstructor(assignment.from(), node.id());
      String to = assignment.to().text();
      boolean whole = to.equals(".") || target.contains(to);
      var part = whole ? null : formulas.compile(assignment.to(), node.id()).orElse(null);
      if (from.isPresent() && (whole || part != null)) {
        assignments.add(new Assignment(from.get(), part));
      }
    }
    boolean complete =
        assignments.size() == association.assignments().size()
            && (first == null) == (transformation == null);
    return complete ? Optional.of(new Assigned(first, assignments)) : Optional.empty();
  }

  private Optional<Outgoing> only(Common node, QName element) {
    var holding = data.holding(element, node.id());
    if (holding.size() == 1) {
      return Optional.of(new Outgoing.Item(data.use(holding.getFirst()).index()));
    }
    refuseToGuess(
        node, "parley:payload or a data input association", Optional.of(element), holding);
    return Optional.empty();
  }

  private Optional<Keep> keep(Common node, DataAssociation output, Optional<QName> element) {
    var item = data.use(output.dataObject());
    var transformation = output.transformation();
    if (!output.assignments().isEmpty()) {
      var whole = new HashSet<String>();
      for (var name : List.of(item.name(), output.dataObject())) {
        whole.add("$" + name);
        whole.add("getDataObject('" + name + "')");
      }
      return assigned(node, output, whole)
          .map(a -> new Keep(item.index(), a.transformation(), a.assignments()));
    }
    if (transformation == null) {
      checkType(node, item, element);
      return Optional.of(new Keep(item.index(), null));
    }
    return formulas
        .compileConstructor(transformation, node.id())
        .map(e -> new Keep(item.index(), e));
  }

  private Optional<Keep> keep(
      Common node, String result, @Nullable Formal expression, Optional<QName> element) {
    if (!data.has(result)) {
      findings.error(
          node.location(),
          node.id(),
          Rule.AMBIGUOUS_DATA,
          "Expected parley:result to be the id of a data object, but there is no '%s'."
              .formatted(result),
          "Correct the id, or add the data object.");
      return Optional.empty();
    }
    var item = data.use(result);
    if (expression != null) {
      return formulas.compile(expression, node.id()).map(e -> new Keep(item.index(), e));
    }
    checkType(node, item, element);
    return Optional.of(new Keep(item.index(), null));
  }

  private void checkType(Common node, DataItem item, Optional<QName> element) {
    if (element.isPresent() && item.element().isPresent() && !item.element().equals(element)) {
      findings.error(
          node.location(),
          node.id(),
          Rule.DATA_TYPE,
          "Expected a data object that holds the message's element %s, but '%s' holds %s."
              .formatted(element.get(), item.name(), item.element().get()),
          "Associate another data object, or add a transformation.");
    }
  }

  private void refuseToGuess(
      Common node, String expected, Optional<QName> element, List<DataItem> holding) {
    var candidates =
        holding.stream().map(i -> "'" + i.name() + "'").collect(Collectors.joining(", "));
    findings.error(
        node.location(),
        node.id(),
        Rule.AMBIGUOUS_DATA,
        "Expected %s, or exactly one data object that holds the message's element %s, but found %s."
            .formatted(
                expected,
                element.map(QName::toString).orElse("(none)"),
                holding.isEmpty() ? "none" : candidates),
        "Say which data the message is: the gateway refuses to guess.");
  }

  private void twoSources(Common node, String what, String expected) {
    findings.error(
        node.location(),
        node.id(),
        Rule.TWO_SOURCES,
        "Expected one place that says %s, but found several.".formatted(what),
        "Use either %s.".formatted(expected));
  }
}
