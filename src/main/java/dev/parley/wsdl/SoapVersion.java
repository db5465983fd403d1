package dev.parley.wsdl;

/** The two SOAP versions, by their envelope's namespace. */
public enum SoapVersion {
  SOAP_11("http://schemas.xmlsoap.org/soap/envelope/"),
  SOAP_12("http://www.w3.org/2003/05/soap-envelope");

  private final String namespace;

  SoapVersion(String namespace) {
    this.namespace = namespace;
  }

  public String namespace() {
    return namespace;
  }
}
