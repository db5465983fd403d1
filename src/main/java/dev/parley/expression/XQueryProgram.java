package dev.parley.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.sf.saxon.expr.instruct.UserFunction;
import net.sf.saxon.om.GroundedValue;
import net.sf.saxon.om.NamespaceUri;
import net.sf.saxon.om.SequenceTool;
import net.sf.saxon.om.StructuredQName;
import net.sf.saxon.query.DynamicQueryContext;
import net.sf.saxon.query.StaticQueryContext;
import net.sf.saxon.query.XQueryExpression;
import net.sf.saxon.s9api.XmlProcessingError;
import net.sf.saxon.trans.XPathException;
import net.sf.saxon.value.DateTimeValue;
import net.sf.saxon.value.EmptySequence;
import net.sf.saxon.value.SequenceType;

/** A compiled XQuery. */
final class XQueryProgram implements Program {
  private final XQueryExpression expression;
  private final List<StructuredQName> used = new ArrayList<>();
  private final List<StructuredQName> unused = new ArrayList<>();

  private XQueryProgram(XQueryExpression expression) {
    this.expression = expression;
  }

  static XQueryProgram compile(String text, Map<String, String> namespaces, Scope scope)
      throws XPathException {
    var context = new StaticQueryContext(Saxon.CONFIGURATION);
    context.setBaseURI("");
    context.setLanguageVersion(31);
    namespaces.forEach((prefix, uri) -> context.declareNamespace(prefix, NamespaceUri.of(uri)));
    var declared = new ArrayList<StructuredQName>();
    for (var variable : scope.variables()) {
      var name = new StructuredQName("", NamespaceUri.NULL, variable);
      context.declareGlobalVariable(name, SequenceType.ANY_SEQUENCE, null, true);
      declared.add(name);
    }
    var program = new XQueryProgram(compile(text, context));
    program.bound();
    for (var name : declared) {
      boolean occurs = text.contains(name.getLocalPart());
      (occurs ? program.used : program.unused).add(name);
    }
    return program;
  }

  private static XQueryExpression compile(String text, StaticQueryContext context)
      throws XPathException {
    var errors = new ArrayList<XmlProcessingError>();
    context.setErrorReporter(errors::add);
    try {
      return context.compileQuery(text);
    } catch (XPathException e) {
      if (e.getLocator() == null && !errors.isEmpty()) {
        e.setLocator(errors.getFirst().getLocation());
      }
      throw e;
    }
  }

  private void bound() throws XPathException {
    var bounds = new Bounds();
    bounds.check(expression.getExpression());
    var module = expression.getMainModule();
    for (var variable : module.getModuleVariables()) {
      bounds.check(variable.getBody());
    }
    var functions = new ArrayList<UserFunction>();
    module
        .getGlobalFunctionLibrary()
        .processAllFunctions(function -> functions.add(function.getUserFunction()));
    for (var function : functions) {
      bounds.check(function);
    }
  }

  @Override
  public GroundedValue run(Environment environment) throws XPathException {
    var context = new DynamicQueryContext(Saxon.CONFIGURATION);
    context.setErrorReporter(Saxon.SILENT);
    context.setCurrentDateTime(DateTimeValue.fromJavaInstant(environment.now()));
    var item = Value.contextItem(environment.context());
    if (item != null) {
      context.setContextItem(item);
    }
    for (var name : used) {
      context.setParameter(name, Value.items(environment.variable(name.getLocalPart())));
    }
    for (var name : unused) {
      context.setParameter(name, EmptySequence.getInstance());
    }
    return SequenceTool.toGroundedValue(expression.iterator(context));
  }
}
