package dev.parley.expression;

import java.util.List;
import java.util.function.BiFunction;
import net.sf.saxon.expr.XPathContext;
import net.sf.saxon.lib.ExtensionFunctionCall;
import net.sf.saxon.lib.ExtensionFunctionDefinition;
import net.sf.saxon.om.NamespaceUri;
import net.sf.saxon.om.Sequence;
import net.sf.saxon.om.StructuredQName;
import net.sf.saxon.trans.XPathException;
import net.sf.saxon.value.SequenceType;

/**
 * Functions of one text that tell of messages: {@code parley:header}, {@code parley:own-endpoint}.
 */
final class MessagingFunction extends ExtensionFunctionDefinition {
  static final String OWN_ENDPOINT = "own-endpoint";

  private final String name;
  private final BiFunction<Environment, String, Value> answer;

  private MessagingFunction(String name, BiFunction<Environment, String, Value> answer) {
    this.name = name;
    this.answer = answer;
  }

  static List<MessagingFunction> all() {
    return List.of(
        new MessagingFunction("header", Environment::headers),
        new MessagingFunction(OWN_ENDPOINT, Environment::ownEndpoint));
  }

  @Override
  public StructuredQName getFunctionQName() {
    return new StructuredQName("parley", NamespaceUri.of(UuidFunction.NAMESPACE), name);
  }

  @Override
  public SequenceType[] getArgumentTypes() {
    return new SequenceType[] {SequenceType.SINGLE_STRING};
  }

  @Override
  public SequenceType getResultType(SequenceType[] arguments) {
    return SequenceType.ANY_SEQUENCE;
  }

  /** Keeps the call from being evaluated at compile time. */
  @Override
  public boolean hasSideEffects() {
    return true;
  }

  @Override
  public ExtensionFunctionCall makeCallExpression() {
    return new Call(answer);
  }

  private static final class Call extends ExtensionFunctionCall {
    private final BiFunction<Environment, String, Value> answer;

    Call(BiFunction<Environment, String, Value> answer) {
      this.answer = answer;
    }

    @Override
    public Sequence call(XPathContext context, Sequence[] arguments) throws XPathException {
      var text = arguments[0].head().getUnicodeStringValue().toString();
      return Value.items(answer.apply(Evaluation.current().environment(), text));
    }
  }
}
