package dev.parley.expression;

import net.sf.saxon.expr.Expression;
import net.sf.saxon.expr.LastPositionFinder;
import net.sf.saxon.expr.OperandRole;
import net.sf.saxon.expr.RangeExpression;
import net.sf.saxon.expr.UnaryExpression;
import net.sf.saxon.expr.elab.BooleanEvaluator;
import net.sf.saxon.expr.elab.Elaborator;
import net.sf.saxon.expr.elab.ItemEvaluator;
import net.sf.saxon.expr.elab.PullElaborator;
import net.sf.saxon.expr.elab.PullEvaluator;
import net.sf.saxon.expr.elab.PushEvaluator;
import net.sf.saxon.expr.parser.RebindingMap;
import net.sf.saxon.om.SequenceIterator;
import net.sf.saxon.trans.XPathException;
import net.sf.saxon.type.ItemType;

/** Counts a step each time its expression is evaluated; a range must not be too long. */
final class Guard extends UnaryExpression {
  Guard(Expression guarded) {
    super(guarded);
  }

  @Override
  protected OperandRole getOperandRole() {
    return OperandRole.SAME_FOCUS_ACTION;
  }

  @Override
  public ItemType getItemType() {
    return getBaseExpression().getItemType();
  }

  @Override
  protected int computeCardinality() {
    return getBaseExpression().getCardinality();
  }

  @Override
  public int getImplementationMethod() {
    return ITERATE_METHOD;
  }

  @Override
  public Expression copy(RebindingMap rebindings) {
    return new Guard(getBaseExpression().copy(rebindings));
  }

  @Override
  public Elaborator getElaborator() {
    return getBaseExpression() instanceof RangeExpression ? new Range() : new Step();
  }

  private static class Range extends PullElaborator {
    @Override
    public PullEvaluator elaborateForPull() {
      var guarded = guarded().elaborateForPull();
      return context -> {
        Evaluation.step();
        return bounded(guarded.iterate(context));
      };
    }

    Elaborator guarded() {
      return ((Guard) getExpression()).getBaseExpression().makeElaborator();
    }

    private static SequenceIterator bounded(SequenceIterator range) throws XPathException {
      if (range instanceof LastPositionFinder finite
          && finite.supportsGetLength()
          && finite.getLength() > Bounds.ITEMS) {
        throw Bounds.tooLong();
      }
      return range;
    }
  }

  /** Each way of evaluation keeps its own, so that nothing is built twice. */
  private static final class Step extends Range {
    @Override
    public PushEvaluator elaborateForPush() {
      var guarded = guarded().elaborateForPush();
      return (out, context) -> {
        Evaluation.step();
        return guarded.processLeavingTail(out, context);
      };
    }

    @Override
    public ItemEvaluator elaborateForItem() {
      var guarded = guarded().elaborateForItem();
      return context -> {
        Evaluation.step();
        return guarded.eval(context);
      };
    }

    @Override
    public BooleanEvaluator elaborateForBoolean() {
      var guarded = guarded().elaborateForBoolean();
      return context -> {
        Evaluation.step();
        return guarded.eval(context);
      };
    }
  }
}
