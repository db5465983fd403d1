package dev.parley.delivery;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Sends nothing to an address that a message brought unless that is allowed, by the address itself
 * and by what its host resolves to now.
 *
 * <p>The transport resolves the host once more when it connects. The JDK answers both from its
 * cache (security property {@code networkaddress.cache.ttl}, 30 seconds by default): do not set
 * that to 0, or a name could change in between.
 */
public final class GivenAddresses implements PartnerTransport {
  private final PartnerTransport transport;
  private final ReplyAddresses allowed;
  private final Names names;

  /** Looks a host's addresses up. */
  @FunctionalInterface
  public interface Names {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** Asks the machine for names. */
  public GivenAddresses(PartnerTransport transport, ReplyAddresses allowed) {
    this(transport, allowed, InetAddress::getAllByName);
  }

  GivenAddresses(PartnerTransport transport, ReplyAddresses allowed, Names names) {
    this.transport = transport;
    this.allowed = allowed;
    this.names = names;
  }

  @Override
  public boolean carries(String endpoint) {
    return transport.carries(endpoint);
  }

  @Override
  public Attempt send(Consignment consignment) {
    if (!consignment.given()) {
      return transport.send(consignment);
    }
    String endpoint = consignment.endpoint();
    if (!allowed.allows(endpoint)) {
      return refused(
          "Expected an address that the configuration key replyAddresses allows, but the message gave '%s'. Add it there if it may be sent to."
              .formatted(endpoint));
    }
    try {
      var resolved = List.of(names.resolve(URI.create(endpoint).getHost()));
      return allowed
          .inside(endpoint, resolved)
          .<Attempt>map(
              ip ->
                  refused(
                      "The address '%s' that the message gave leads to %s, inside the house. Add that to the configuration key replyAddresses if it may be sent to."
                          .formatted(endpoint, ip.getHostAddress())))
          .orElseGet(() -> transport.send(consignment));
    } catch (UnknownHostException e) {
      return new Attempt.Failed("The host of %s is not known".formatted(endpoint), true, true);
    }
  }

  private static Attempt.Failed refused(String reason) {
    return new Attempt.Failed(reason, true, false);
  }
}
