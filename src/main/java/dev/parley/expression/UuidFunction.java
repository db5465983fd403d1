package dev.parley.expression;

import net.sf.saxon.expr.XPathContext;
import net.sf.saxon.lib.ExtensionFunctionCall;
import net.sf.saxon.lib.ExtensionFunctionDefinition;
import net.sf.saxon.om.NamespaceUri;
import net.sf.saxon.om.Sequence;
import net.sf.saxon.om.StructuredQName;
import net.sf.saxon.value.SequenceType;
import net.sf.saxon.value.StringValue;

/** {@code parley:uuid()}. */
final class UuidFunction extends ExtensionFunctionDefinition {
  static final String NAMESPACE = "urn:parley:1";

  @Override
  public StructuredQName getFunctionQName() {
    return new StructuredQName("parley", NamespaceUri.of(NAMESPACE), "uuid");
  }

  @Override
  public SequenceType[] getArgumentTypes() {
    return new SequenceType[0];
  }

  @Override
  public SequenceType getResultType(SequenceType[] arguments) {
    return SequenceType.SINGLE_STRING;
  }

  /** Keeps the call from being evaluated at compile time, or once for many. */
  @Override
  public boolean hasSideEffects() {
    return true;
  }

  @Override
  public ExtensionFunctionCall makeCallExpression() {
    return new Call();
  }

  private static final class Call extends ExtensionFunctionCall {
    @Override
    public Sequence call(XPathContext context, Sequence[] arguments) {
      return new StringValue(Evaluation.current().environment().uuid());
    }
  }
}
