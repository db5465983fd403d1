package dev.parley.wsdl;

import java.util.Set;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/**
 * Says for which schemas Woodstox's validator will do: it overlooks keys, and never forgets an
 * element name that a wildcard let through, so a sender who makes up names would fill the memory.
 */
final class FastValidation {
  private static final QName ANY_TYPE = new QName(Schemas.XSD, "anyType");
  private static final Set<String> KEYS = Set.of("key", "keyref", "unique");

  private FastValidation() {}

  static boolean suits(Element element) {
    return !isKey(element)
        && !isWildcard(element)
        && LocatedXml.children(element).stream().allMatch(FastValidation::suits);
  }

  private static boolean isKey(Element element) {
    return Schemas.XSD.equals(element.getNamespaceURI()) && KEYS.contains(element.getLocalName());
  }

  private static boolean isWildcard(Element element) {
    if (!Schemas.XSD.equals(element.getNamespaceURI())) {
      return false;
    }
    return switch (element.getLocalName()) {
      case "any" -> true;
      case "element" -> names(element, "type") || isUntyped(element);
      case "extension" -> names(element, "base");
      default -> false;
    };
  }

  private static boolean names(Element element, String attribute) {
    return element.hasAttribute(attribute)
        && Patterns.name(element, element.getAttribute(attribute)).equals(ANY_TYPE);
  }

  private static boolean isUntyped(Element element) {
    return !element.hasAttribute("type")
        && !element.hasAttribute("ref")
        && !element.hasAttribute("substitutionGroup")
        && LocatedXml.children(element, Schemas.XSD, "simpleType").isEmpty()
        && LocatedXml.children(element, Schemas.XSD, "complexType").isEmpty();
  }
}
