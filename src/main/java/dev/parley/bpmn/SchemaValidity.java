package dev.parley.bpmn;

import java.net.URL;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.ValidatorHandler;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.AttributesImpl;

/**
 * Validity against the standard's schema (BPMN 2.0.2, clause 15), of which camunda-bpmn-model has a
 * copy. The elements already read are replayed to the validator, so that each error is at its
 * element.
 */
final class SchemaValidity implements ErrorHandler {

  private static final Schema SCHEMA = schema();
  private static final Pattern CODE = Pattern.compile("^([A-Za-z][\\w.-]*): (.*)$", Pattern.DOTALL);
  private static final Pattern NAMESPACE = Pattern.compile("\"[^\"]*\":");

  private final Findings findings;
  private final ValidatorHandler validator = SCHEMA.newValidatorHandler();
  private final XmlElement root;
  private XmlElement current;
  private String previous = "";

  private SchemaValidity(XmlElement root, Findings findings) {
    this.root = root;
    this.current = root;
    this.findings = findings;
  }

  static void check(XmlElement root, Findings findings) {
    var validity = new SchemaValidity(root, findings);
    validity.validator.setErrorHandler(validity);
    try {
      validity.validator.startDocument();
      validity.replay(root);
      validity.validator.endDocument();
    } catch (SAXException e) {
      validity.report(root, e);
    }
  }

  private static Schema schema() {
    URL xsd = SchemaValidity.class.getResource("/org/camunda/bpm/model/bpmn/schema/BPMN20.xsd");
    try {
      return SchemaFactory.newDefaultInstance()
          .newSchema(Objects.requireNonNull(xsd, "BPMN20.xsd"));
    } catch (SAXException e) {
      throw new IllegalStateException("Cannot read the schema of BPMN 2.0", e);
    }
  }

  private void replay(XmlElement element) throws SAXException {
    current = element;
    for (var namespace : element.namespaces().entrySet()) {
      validator.startPrefixMapping(namespace.getKey(), namespace.getValue());
    }
    String uri = element.name().getNamespaceURI();
    String local = element.name().getLocalPart();
    validator.startElement(uri, local, local, attributes(element));
    char[] text = element.text().toCharArray();
    validator.characters(text, 0, text.length);
    for (var child : element.children()) {
      replay(child);
    }
    current = element;
    validator.endElement(uri, local, local);
    for (var prefix : element.namespaces().keySet()) {
      validator.endPrefixMapping(prefix);
    }
  }

  private static AttributesImpl attributes(XmlElement element) {
    var attributes = new AttributesImpl();
    element
        .attributes()
        .forEach(
            (name, value) ->
                attributes.addAttribute(
                    name.getNamespaceURI(),
                    name.getLocalPart(),
                    name.getPrefix().isEmpty()
                        ? name.getLocalPart()
                        : name.getPrefix() + ":" + name.getLocalPart(),
                    "CDATA",
                    value));
    return attributes;
  }

  private void report(XmlElement element, SAXException e) {
    var matcher = CODE.matcher(String.valueOf(e.getMessage()));
    String code = matcher.matches() ? matcher.group(1) : "";
    String text = matcher.matches() ? matcher.group(2) : String.valueOf(e.getMessage());
    String problem = NAMESPACE.matcher(text).replaceAll("").replaceAll("[{}]", "");
    if (code.equals("cvc-id.1")) {
      dangling(root, text.replaceAll(".*'(.*)'.*", "$1"));
    } else if (code.equals("cvc-id.2")) {
      findings.error(element, Rule.DUPLICATE_ID, problem, "Give each element an id of its own.");
    } else if (!isRepeated(code)) {
      findings.error(
          element, Rule.SCHEMA, problem, "Correct the element as the BPMN 2.0 schema has it.");
    }
    previous = code;
  }

  /** Of two errors that say the same, the one that names attribute or element is kept. */
  private boolean isRepeated(String code) {
    return code.startsWith("cvc-datatype-valid")
        || code.startsWith("cvc-enumeration-valid")
        || code.startsWith("cvc-pattern-valid")
        || (code.equals("cvc-attribute.3") && previous.equals("cvc-id.2"));
  }

  /** The validator finds a dangling IDREF at the end of the file, without its place. */
  private void dangling(XmlElement element, String id) {
    element
        .attributes()
        .forEach(
            (name, value) -> {
              if (value.strip().equals(id)) {
                findings.dangling(element, name.getLocalPart(), id);
              }
            });
    if (element.text().strip().equals(id)) {
      findings.dangling(element, element.name().getLocalPart(), id);
    }
    element.children().forEach(child -> dangling(child, id));
  }

  @Override
  public void warning(SAXParseException e) {
    error(e);
  }

  @Override
  public void error(SAXParseException e) {
    report(current, e);
  }

  @Override
  public void fatalError(SAXParseException e) {
    error(e);
  }
}
