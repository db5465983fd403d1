package dev.parley.delivery;

/** Carries a message to a partner. */
public interface PartnerTransport {

  /** Whether this transport speaks the endpoint's scheme. */
  boolean carries(String endpoint);

  /**
   * One attempt; blocks its (virtual) thread until the outcome is known. Never throws: what goes
   * wrong is an {@link Attempt.Failed}.
   */
  Attempt send(Consignment consignment);
}
