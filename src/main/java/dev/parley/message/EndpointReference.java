package dev.parley.message;

import java.util.List;

/**
 * Where a message can be sent (WS-Addressing 1.0 Core, section 2.1).
 *
 * @param address an IRI
 * @param parameters reference parameters: elements that go back as header blocks, unread
 */
public record EndpointReference(String address, List<Body> parameters) {
  /** Back on the connection that a request came in by. */
  public static final EndpointReference ANONYMOUS =
      of("http://www.w3.org/2005/08/addressing/anonymous");

  /** Nowhere: what is sent there is dropped. */
  public static final EndpointReference NONE = of("http://www.w3.org/2005/08/addressing/none");

  public EndpointReference {
    parameters = List.copyOf(parameters);
  }

  /** Without reference parameters. */
  public static EndpointReference of(String address) {
    return new EndpointReference(address, List.of());
  }

  public boolean isAnonymous() {
    return address.equals(ANONYMOUS.address());
  }

  public boolean isNone() {
    return address.equals(NONE.address());
  }

  /** Whether something has to be sent for it to get there. */
  public boolean isElsewhere() {
    return !isAnonymous() && !isNone();
  }
}
