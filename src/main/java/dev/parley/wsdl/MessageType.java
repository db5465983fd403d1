package dev.parley.wsdl;

import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * A WSDL message as document/literal sends it (WSDL 1.1, section 3.5).
 *
 * @param name of the wsdl:message
 * @param element the body's only element; null for an empty body
 */
public record MessageType(QName name, @Nullable QName element) {}
