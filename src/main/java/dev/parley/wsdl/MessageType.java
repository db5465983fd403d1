package dev.parley.wsdl;

import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * A WSDL message as an operation sends it (WSDL 1.1, section 3.5).
 *
 * @param name of the wsdl:message
 * @param element the body's only element: the part's (document/literal) or the operation's wrapper
 *     (rpc/literal); null for an empty body
 */
public record MessageType(QName name, @Nullable QName element) {}
