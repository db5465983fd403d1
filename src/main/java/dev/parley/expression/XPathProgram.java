package dev.parley.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.sf.saxon.Controller;
import net.sf.saxon.om.GroundedValue;
import net.sf.saxon.om.NamespaceUri;
import net.sf.saxon.om.SequenceTool;
import net.sf.saxon.sxpath.IndependentContext;
import net.sf.saxon.sxpath.XPathEvaluator;
import net.sf.saxon.sxpath.XPathExpression;
import net.sf.saxon.sxpath.XPathVariable;
import net.sf.saxon.trans.XPathException;
import net.sf.saxon.value.DateTimeValue;
import net.sf.saxon.value.EmptySequence;

/** A compiled XPath. */
final class XPathProgram implements Program {
  private final XPathExpression expression;
  private final List<XPathVariable> used = new ArrayList<>();
  private final List<XPathVariable> unused = new ArrayList<>();

  private XPathProgram(XPathExpression expression) {
    this.expression = expression;
  }

  static XPathProgram compile(String text, Map<String, String> namespaces, Scope scope)
      throws XPathException {
    var context = new IndependentContext(Saxon.CONFIGURATION);
    context.setBaseURI("");
    context.setXPathLanguageLevel(31);
    context.setWarningHandler((_, _) -> {});
    namespaces.forEach((prefix, uri) -> context.declareNamespace(prefix, NamespaceUri.of(uri)));
    var declared = new ArrayList<XPathVariable>();
    for (var name : scope.variables()) {
      declared.add(context.declareVariable(NamespaceUri.NULL, name));
    }
    var evaluator = new XPathEvaluator(Saxon.CONFIGURATION);
    evaluator.setStaticContext(context);
    var program = new XPathProgram(evaluator.createExpression(text));
    new Bounds().check(program.expression.getInternalExpression());
    for (var variable : declared) {
      boolean occurs = text.contains(variable.getVariableQName().getLocalPart());
      (occurs ? program.used : program.unused).add(variable);
    }
    return program;
  }

  @Override
  public GroundedValue run(Environment environment) throws XPathException {
    var controller = new Controller(Saxon.CONFIGURATION, expression.getExecutable());
    controller.setCurrentDateTime(DateTimeValue.fromJavaInstant(environment.now()));
    var context =
        expression.createDynamicContext(controller, Value.contextItem(environment.context()));
    for (var variable : used) {
      var name = variable.getVariableQName().getLocalPart();
      context.setVariable(variable, Value.items(environment.variable(name)));
    }
    for (var variable : unused) {
      context.setVariable(variable, EmptySequence.getInstance());
    }
    return SequenceTool.toGroundedValue(expression.iterate(context));
  }
}
