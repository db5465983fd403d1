package dev.parley.soap;

import dev.parley.wsdl.SoapVersion;

/** Names that SOAP gives. */
final class Soap {
  private static final String NEXT_11 = "http://schemas.xmlsoap.org/soap/actor/next";
  private static final String ROLE_12 = SoapVersion.SOAP_12.namespace() + "/role/";

  private Soap() {}

  static String contentType(SoapVersion version) {
    return version == SoapVersion.SOAP_11
        ? "text/xml; charset=UTF-8"
        : "application/soap+xml; charset=UTF-8";
  }

  /** Whether a header block for this actor or role is for us, the ultimate receiver. */
  static boolean isForUs(String role) {
    return role.isEmpty()
        || role.equals(NEXT_11)
        || role.equals(ROLE_12 + "next")
        || role.equals(ROLE_12 + "ultimateReceiver");
  }
}
