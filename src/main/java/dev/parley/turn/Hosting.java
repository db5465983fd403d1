package dev.parley.turn;

import dev.parley.deployment.ServicePort;
import java.util.List;

/** What a deployment needs of the wire: its services reachable. */
public interface Hosting {
  /**
   * Makes these ports reachable and no others; a port that is already hosted unchanged stays up.
   *
   * @param ports all of the gateway, at most one for each address
   */
  void host(List<ServicePort> ports);
}
