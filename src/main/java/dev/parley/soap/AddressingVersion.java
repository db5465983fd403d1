package dev.parley.soap;

import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import java.util.List;
import javax.xml.namespace.NamespaceContext;
import org.jspecify.annotations.Nullable;

/** The two versions of WS-Addressing that are spoken, by their namespace. */
enum AddressingVersion {
  /** WS-Addressing 1.0. */
  CORE("http://www.w3.org/2005/08/addressing", "/anonymous", "/soap/fault"),

  /** The W3C Member Submission of 10 August 2004. */
  SUBMISSION("http://schemas.xmlsoap.org/ws/2004/08/addressing", "/role/anonymous", "/fault");

  private final String namespace;
  private final String anonymous;
  private final String faultAction;

  AddressingVersion(String namespace, String anonymous, String faultAction) {
    this.namespace = namespace;
    this.anonymous = namespace + anonymous;
    this.faultAction = namespace + faultAction;
  }

  String namespace() {
    return namespace;
  }

  /** Of a fault that has no action of its own. */
  String faultAction() {
    return faultAction;
  }

  /**
   * Whether a relationship is that of a reply to its request: an IRI in WS-Addressing 1.0 (Core,
   * section 3.4), a qualified name before.
   */
  boolean isReply(String relationship, NamespaceContext prefixes) {
    int colon = relationship.indexOf(':');
    return this == CORE
        ? relationship.equals(namespace + "/reply")
        : relationship.substring(colon + 1).equals("Reply")
            && colon > 0
            && namespace.equals(prefixes.getNamespaceURI(relationship.substring(0, colon)));
  }

  static @Nullable AddressingVersion of(@Nullable String namespace) {
    for (var version : values()) {
      if (version.namespace.equals(namespace)) {
        return version;
      }
    }
    return null;
  }

  /** An endpoint reference that was read: the addresses of both versions mean the same. */
  EndpointReference reference(String address, List<Body> parameters) {
    boolean same = address.equals(anonymous);
    return new EndpointReference(
        same ? EndpointReference.ANONYMOUS.address() : address, parameters);
  }

  /** The address as this version writes it. */
  String written(EndpointReference reference) {
    return reference.isAnonymous() ? anonymous : reference.address();
  }
}
