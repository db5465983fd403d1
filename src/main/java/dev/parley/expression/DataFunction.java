package dev.parley.expression;

import java.util.List;
import net.sf.saxon.expr.Expression;
import net.sf.saxon.expr.StaticContext;
import net.sf.saxon.expr.StringLiteral;
import net.sf.saxon.expr.XPathContext;
import net.sf.saxon.lib.ExtensionFunctionCall;
import net.sf.saxon.lib.ExtensionFunctionDefinition;
import net.sf.saxon.om.NamespaceUri;
import net.sf.saxon.om.Sequence;
import net.sf.saxon.om.StructuredQName;
import net.sf.saxon.trans.XPathException;
import net.sf.saxon.value.SequenceType;
import org.jspecify.annotations.Nullable;

/** BPMN's functions that name a data item (BPMN 2.0, section 10.4.3): another way to write $x. */
final class DataFunction extends ExtensionFunctionDefinition {
  static final NamespaceUri BPMN = NamespaceUri.of("http://www.omg.org/spec/BPMN/20100524/MODEL");
  static final List<String> NAMES =
      List.of("getDataObject", "getDataInput", "getDataOutput", "getProcessProperty");

  private final StructuredQName name;

  DataFunction(NamespaceUri namespace, String name) {
    this.name = new StructuredQName("", namespace, name);
  }

  @Override
  public StructuredQName getFunctionQName() {
    return name;
  }

  @Override
  public SequenceType[] getArgumentTypes() {
    return new SequenceType[] {SequenceType.SINGLE_STRING};
  }

  @Override
  public SequenceType getResultType(SequenceType[] arguments) {
    return SequenceType.ANY_SEQUENCE;
  }

  @Override
  public ExtensionFunctionCall makeCallExpression() {
    return new Call(name.getLocalPart());
  }

  private static final class Call extends ExtensionFunctionCall {
    private final String function;

    Call(String function) {
      this.function = function;
    }

    /** Changes nothing; it is where the arguments can be seen at compile time. */
    @Override
    public @Nullable Expression rewrite(StaticContext context, Expression[] arguments)
        throws XPathException {
      if (!(arguments[0] instanceof StringLiteral literal)) {
        throw new XPathException(
            "Expected %s('name') with the name of a data item in quotation marks"
                .formatted(function),
            "XPST0017");
      }
      check(literal.stringify(), Scope.current());
      return null;
    }

    @Override
    public Sequence call(XPathContext context, Sequence[] arguments) throws XPathException {
      var evaluation = Evaluation.current();
      var item = arguments[0].head().getUnicodeStringValue().toString();
      check(item, evaluation.scope());
      return Value.items(evaluation.environment().variable(item));
    }

    private void check(String item, Scope scope) throws XPathException {
      if (!scope.variables().contains(item)) {
        throw new XPathException(
            "%s('%s') names no data item; %s".formatted(function, item, scope), "XPST0008");
      }
    }
  }
}
