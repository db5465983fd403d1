package dev.parley.bpmn;

import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** Reads expressions (BPMN 2.0.2, clause 8.4.6) without compiling them. */
final class Expressions {

  static final String XQUERY = "http://www.w3.org/XML/Query";
  private static final String XPATH = "http://www.w3.org/1999/XPath";
  private static final QName TYPE = new QName(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "type");

  private final String language;
  private final Findings findings;

  Expressions(XmlElement definitions, Findings findings) {
    this.language = definitions.attribute("expressionLanguage").orElse(XPATH);
    this.findings = findings;
  }

  /** A messagePath or transformation, which the schema knows to be formal. */
  Formal formal(XmlElement element) {
    if (element.text().isBlank() || !element.children("documentation").equals(element.children())) {
      findings.error(
          element,
          Rule.EXPRESSION,
          "Expected the text of an expression in %s, but found %s."
              .formatted(
                  element.name().getLocalPart(),
                  element.text().isBlank() ? "none" : "child elements"),
          "Write the expression as text; use CDATA where it contains markup.");
    }
    return new Formal(
        element.text().strip(),
        element.attribute("language").orElse(language),
        element.namespaces(),
        element.location());
  }

  /** A condition: must say that it is formal, for the schema allows natural language there. */
  Formal condition(XmlElement element) {
    if (!element.attributes().getOrDefault(TYPE, "").endsWith("tFormalExpression")) {
      findings.error(
          element,
          Rule.EXPRESSION,
          "Expected a formal expression, but without xsi:type %s is natural language."
              .formatted(element.what()),
          "Add xsi:type=\"tFormalExpression\" with the prefix of the BPMN namespace.");
    }
    return formal(element);
  }

  /** An XQuery in an attribute of our namespace; null where it is absent. */
  @Nullable Formal xquery(XmlElement element, String attribute) {
    return formal(element, attribute, XQUERY);
  }

  /** An XPath in an attribute of our namespace; null where it is absent. */
  @Nullable Formal xpath(XmlElement element, String attribute) {
    return formal(element, attribute, XPATH);
  }

  private static @Nullable Formal formal(XmlElement element, String attribute, String language) {
    return element
        .parley(attribute)
        .map(text -> new Formal(text.strip(), language, element.namespaces(), element.location()))
        .orElse(null);
  }
}
