package dev.parley.wsdl;

import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * A WSDL message as an operation sends it (WSDL 1.1, section 3.5).
 *
 * @param name of the wsdl:message
 * @param element the body's only element: the part's (document/literal) or the operation's wrapper
 *     (rpc/literal); null for an empty body
 * @param label the name of the operation's input or output; null where it has none, and of faults
 * @param action that the operation gives the message (WS-Addressing 1.0 Metadata, section 4.4.1);
 *     null where it gives none
 */
public record MessageType(
    QName name, @Nullable QName element, @Nullable String label, @Nullable String action) {
  /** A message that its operation only refers to. */
  public MessageType(QName name, @Nullable QName element) {
    this(name, element, null, null);
  }
}
