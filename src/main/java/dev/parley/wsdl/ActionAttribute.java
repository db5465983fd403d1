package dev.parley.wsdl;

import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * The action that an operation's child gives its message: by WS-Addressing 1.0 Metadata, section
 * 4.4.1, or else by the candidate WSDL Binding that it replaced.
 */
final class ActionAttribute {
  private static final String METADATA = "http://www.w3.org/2007/05/addressing/metadata";
  private static final String WSDL_BINDING = "http://www.w3.org/2006/05/addressing/wsdl";

  private ActionAttribute() {}

  static Optional<String> of(Element at) {
    return Stream.of(METADATA, WSDL_BINDING)
        .map(namespace -> at.getAttributeNS(namespace, "Action").strip())
        .filter(action -> !action.isEmpty())
        .findFirst();
  }
}
