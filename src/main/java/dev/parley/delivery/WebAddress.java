package dev.parley.delivery;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of an HTTP address says whom it reaches.
 *
 * @param host in lower case; a literal IP address in its canonical form, without brackets
 * @param port never left out
 */
record WebAddress(String scheme, String host, int port) {
  private static final int MOST = 65_535;

  /** Without the octal, hexadecimal and shortened forms that some readers know. */
  private static final Pattern FOUR_NUMBERS =
      Pattern.compile("(?:0|[1-9]\\d{0,2})(?:\\.(?:0|[1-9]\\d{0,2})){3}");

  /** Empty for whatever different readers may read differently. */
  static Optional<WebAddress> of(String address) {
    try {
      var uri = new URI(address);
      @Nullable String scheme = uri.getScheme();
      @Nullable String host = uri.getHost();
      if (scheme == null
          || host == null
          || uri.getRawUserInfo() != null
          || uri.getRawFragment() != null) {
        return Optional.empty();
      }
      return of(scheme.toLowerCase(Locale.ROOT), host, uri.getPort());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * Of its parts.
   *
   * @param port -1 where the scheme says it
   */
  static Optional<WebAddress> of(String scheme, String host, int port) {
    int usual = scheme.equals("http") ? 80 : scheme.equals("https") ? 443 : -1;
    int actual = port == -1 ? usual : port;
    return usual < 0 || actual < 1 || actual > MOST
        ? Optional.empty()
        : host(host).map(h -> new WebAddress(scheme, h, actual));
  }

  /** The same service, reached by one of its host's addresses. */
  WebAddress at(InetAddress ip) {
    return new WebAddress(scheme, ip.getHostAddress(), port);
  }

  private static Optional<String> host(String written) {
    String host = written.toLowerCase(Locale.ROOT);
    if (host.startsWith("[")) {
      return host.contains("%")
          ? Optional.empty()
          : literal(host.substring(1, host.length() - 1)).filter(h -> !h.isEmpty());
    }
    if (host.endsWith(".")) {
      return Optional.empty();
    }
    if (!Character.isDigit(host.charAt(host.lastIndexOf('.') + 1))) {
      return Optional.of(host);
    }
    return FOUR_NUMBERS.matcher(host).matches() ? literal(host) : Optional.empty();
  }

  /** IPv4 within IPv6 is IPv4. */
  private static Optional<String> literal(String host) {
    try {
      var ip = InetAddress.ofLiteral(host);
      boolean scoped = ip instanceof Inet6Address six && six.getScopeId() != 0;
      return scoped ? Optional.empty() : Optional.of(ip.getHostAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
