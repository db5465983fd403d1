package dev.parley.expression;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import net.sf.saxon.expr.DynamicFunctionCall;
import net.sf.saxon.expr.Expression;
import net.sf.saxon.expr.Literal;
import net.sf.saxon.expr.Operand;
import net.sf.saxon.expr.RangeExpression;
import net.sf.saxon.expr.SystemFunctionCall;
import net.sf.saxon.expr.UserFunctionCall;
import net.sf.saxon.expr.VariableReference;
import net.sf.saxon.expr.flwor.FLWORExpression;
import net.sf.saxon.expr.instruct.UserFunction;
import net.sf.saxon.functions.hof.UserFunctionReference;
import net.sf.saxon.trans.XPathException;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a compiled expression ends: functions that call themselves are refused, ranges
 * are bounded, and what repeats counts its steps. What is left is ended by the time limit.
 */
final class Bounds {
  /** How many items a range, and the result of an expression, may have. */
  static final int ITEMS = 1_000_000;

  private static final Set<String> REPEATING =
      Set.of("for-each", "for-each-pair", "filter", "fold-left", "fold-right", "sort", "apply");

  private final Set<UserFunction> seen = new HashSet<>();
  private final Deque<UserFunction> path = new ArrayDeque<>();

  static XPathException tooLong() {
    return new XPathException("Expected at most %d items".formatted(ITEMS), "XPDY0130");
  }

  void check(Expression expression) throws XPathException {
    visit(expression);
  }

  void check(@Nullable UserFunction function) throws XPathException {
    if (function == null) {
      return;
    }
    if (path.contains(function)) {
      var e =
          new XPathException(
              "Function %s calls itself, directly or through others; an expression has to end"
                  .formatted(function.getFunctionName().getDisplayName()));
      e.setLocator(function.getLocation());
      throw e;
    }
    if (seen.add(function)) {
      path.push(function);
      visit(function.getBody());
      guard(function);
      path.pop();
    }
  }

  private void visit(@Nullable Expression expression) throws XPathException {
    switch (expression) {
      case null -> {
        return;
      }
      case UserFunctionCall call -> check(call.getFunction());
      case UserFunctionReference reference -> check(reference.getNominalTarget());
      case Literal literal -> visit(literal);
      default -> {}
    }
    for (var operand : expression.operands()) {
      visit(operand.getChildExpression());
      if (isToGuard(expression, operand)) {
        operand.setChildExpression(new Guard(operand.getChildExpression()));
      }
    }
  }

  /** A function that ends in the call of another leaves the counting to that one. */
  private static void guard(UserFunction function) {
    if (!function.containsTailCalls() && !(function.getBody() instanceof Guard)) {
      function.setBody(new Guard(function.getBody()));
      function.computeEvaluationMode();
    }
  }

  private void visit(Literal literal) throws XPathException {
    if (literal.getGroundedValue().getLength() > ITEMS) {
      throw tooLong();
    }
    if (literal.getGroundedValue() instanceof UserFunction function) {
      check(function);
    }
  }

  private static boolean isToGuard(Expression parent, Operand operand) {
    if (operand.getOperandRole().isConstrainedClass()) {
      return false;
    }
    return switch (operand.getChildExpression()) {
      case Guard _, Literal _, VariableReference _ -> false;
      case RangeExpression _, DynamicFunctionCall _ -> true;
      case SystemFunctionCall call when REPEATING.contains(call.getFunctionName().getLocalPart()) ->
          true;
      default ->
          operand.hasSameFocus()
              && (parent instanceof FLWORExpression || operand.isEvaluatedRepeatedly());
    };
  }
}
