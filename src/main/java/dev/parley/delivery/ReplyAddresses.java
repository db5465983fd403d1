package dev.parley.delivery;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * The addresses that a message may bring and something may then be sent to: a list of {@code
 * scheme://host[:port]}, whose host may begin with {@code *.} and whose port may be {@code *};
 * {@code *} alone stands for every HTTP address. Decides only, and looks nothing up.
 */
public record ReplyAddresses(List<String> allowed) {
  public static final ReplyAddresses NONE = new ReplyAddresses(List.of());

  private static final String EVERYTHING = "*";

  /** Throws IllegalArgumentException, whose message says what was expected, and what found. */
  public ReplyAddresses {
    allowed = List.copyOf(allowed);
    allowed.stream().filter(p -> !EVERYTHING.equals(p)).forEach(AddressPattern::of);
  }

  /** Whether something may be sent there, as far as the address itself says. */
  public boolean allows(String address) {
    return WebAddress.of(address).filter(this::allows).isPresent();
  }

  /**
   * What its host resolves to may not be an address inside the house, unless that is allowed too: a
   * name is its owner's to point anywhere. The name {@code localhost} is nobody's but this
   * machine's.
   *
   * @return the address that must not be reached; empty where all are well
   */
  public Optional<InetAddress> inside(String address, List<InetAddress> resolved) {
    var web = WebAddress.of(address).orElseThrow();
    return resolved.stream()
        .filter(ReplyAddresses::isInside)
        .filter(ip -> !(ip.isLoopbackAddress() && web.host().equals("localhost")))
        .filter(ip -> !allows(web.at(ip)))
        .findFirst();
  }

  private boolean allows(WebAddress address) {
    return allowed.stream()
        .anyMatch(p -> EVERYTHING.equals(p) || AddressPattern.of(p).matches(address));
  }

  /** Loopback, link-local, private, shared (RFC 6598), unique local (RFC 4193), and no host's. */
  private static boolean isInside(InetAddress ip) {
    byte[] bytes = ip.getAddress();
    int first = bytes[0] & 0xFF;
    int second = bytes[1] & 0xFF;
    boolean own =
        ip instanceof Inet6Address
            ? (first & 0xFE) == 0xFC
            : first == 0 || first == 255 || (first == 100 && (second & 0xC0) == 64);
    return own
        || ip.isLoopbackAddress()
        || ip.isLinkLocalAddress()
        || ip.isSiteLocalAddress()
        || ip.isAnyLocalAddress()
        || ip.isMulticastAddress();
  }
}
