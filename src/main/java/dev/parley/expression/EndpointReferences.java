package dev.parley.expression;

import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import java.util.Map;
import java.util.Set;

/** Endpoint references as process data (WS-Addressing 1.0 Core, section 2.2). */
public final class EndpointReferences {
  private static final String NAMESPACE = "http://www.w3.org/2005/08/addressing";
  private static final Expression ADDRESS = compile("string((.|*)/*[local-name()='Address'][1])");
  private static final Expression PARAMETERS =
      compile("(.|*)/*[local-name()=('ReferenceParameters','ReferenceProperties')]/*");

  private EndpointReferences() {}

  /**
   * What an expression gave: an element with an {@code Address}, of whichever version of
   * WS-Addressing, or the address as text. Throws EvaluationException where there is no address.
   */
  public static EndpointReference of(Value value) {
    boolean text = value.split().size() == 1 && value.element().isEmpty();
    var address = (text ? value.asText() : text(value)).strip();
    if (address.isEmpty()) {
      throw new EvaluationException(
          "Expected an endpoint reference with a wsa:Address, or an address as text, but found "
              + value);
    }
    var parameters = text ? Value.EMPTY : PARAMETERS.evaluate(new OneValue(value));
    return new EndpointReference(address, parameters.split().stream().map(Value::asBody).toList());
  }

  private static String text(Value value) {
    return value.isEmpty()
        ? ""
        : ADDRESS.evaluate(new OneValue(Value.xml(value.asBody()))).asText();
  }

  /** As an element {@code wsa:EndpointReference} of WS-Addressing 1.0. */
  public static Value value(EndpointReference reference) {
    var xml = new StringBuilder("<wsa:EndpointReference xmlns:wsa=\"" + NAMESPACE + "\">");
    xml.append("<wsa:Address>").append(escaped(reference.address())).append("</wsa:Address>");
    if (!reference.parameters().isEmpty()) {
      xml.append("<wsa:ReferenceParameters>");
      reference.parameters().forEach(xml::append);
      xml.append("</wsa:ReferenceParameters>");
    }
    return Value.xml(Body.of(xml.append("</wsa:EndpointReference>").toString()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static Expression compile(String text) {
    try {
      return new Expressions().compile(Language.XPATH, text, Map.of(), Set.of());
    } catch (ExpressionException e) {
      throw new IllegalStateException(e);
    }
  }
}
