package dev.parley.wsdl;

import dev.parley.message.MessageKind;
import javax.xml.namespace.QName;

/**
 * A SOAP header block that a binding declares (WSDL 1.1, section 3.7).
 *
 * @param kind of the message it travels with; FAULT for a {@code soap:headerfault}
 */
public record HeaderBlock(String operation, MessageKind kind, QName element) {}
