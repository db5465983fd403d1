package dev.parley.deployment;

import dev.parley.bpmn.FlowNode;
import dev.parley.bpmn.Formal;
import dev.parley.bpmn.LoopDefinition;
import dev.parley.bpmn.LoopDefinition.LocalItem;
import dev.parley.expression.Expression;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles loop characteristics. */
final class LoopCompiler {
  private final Scopes scopes;
  private final DataItems data;
  private final Formulas formulas;

  LoopCompiler(Scopes scopes, DataItems data, Formulas formulas) {
    this.scopes = scopes;
    this.data = data;
    this.formulas = formulas;
  }

  /** Null where the activity is done once, or where something was found. */
  @Nullable Loop compile(FlowNode node) {
    return switch (node.common().loop()) {
      case null -> null;
      case LoopDefinition.Standard loop -> standard(node, loop);
      case LoopDefinition.MultiInstance loop -> multi(node, loop);
    };
  }

  private Loop standard(FlowNode node, LoopDefinition.Standard loop) {
    var maximum = loop.maximum();
    return new Loop.Standard(
        scopes.roundOf(node.id()),
        loop.testBefore(),
        expression(node, loop.condition()).orElse(null),
        maximum == null ? Loop.NONE : maximum);
  }

  private Loop multi(FlowNode node, LoopDefinition.MultiInstance loop) {
    var cardinality = loop.cardinality();
    return new Loop.MultiInstance(
        scopes.roundOf(node.id()),
        loop.isSequential(),
        cardinality == null ? null : formulas.compileAround(cardinality, node.id()).orElse(null),
        item(loop.input()),
        item(loop.inputItem()),
        item(loop.output()),
        item(loop.outputItem()),
        expression(node, loop.completion()).orElse(null));
  }

  private Optional<Expression> expression(FlowNode node, @Nullable Formal formal) {
    return formal == null ? Optional.empty() : formulas.compile(formal, node.id());
  }

  private int item(@Nullable LocalItem local) {
    return local == null ? Loop.NONE : item(local.id());
  }

  private int item(@Nullable String id) {
    return id == null ? Loop.NONE : data.use(id).index();
  }
}
