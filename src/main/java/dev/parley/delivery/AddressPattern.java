package dev.parley.delivery;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One entry of the list of addresses that are allowed.
 *
 * @param host canonical; without the leading {@code *.} where subdomains are meant
 * @param subdomains those of the host are meant, at any depth, and not the host itself
 * @param port 0 for any
 */
record AddressPattern(String scheme, String host, boolean subdomains, int port) {
  private static final Pattern FORM =
      Pattern.compile("(https?)://(\\*\\.)?([a-z0-9.-]+|\\[[0-9a-f:.]+])(?::(\\d{1,5}|\\*))?/?");

  static AddressPattern of(String text) {
    var form = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      throw unusable(text);
    }
    String port = form.group(4);
    int number = port == null || port.equals("*") ? -1 : Integer.parseInt(port);
    boolean subdomains = form.group(2) != null;
    var address =
        WebAddress.of(form.group(1), form.group(3), number).orElseThrow(() -> unusable(text));
    int actual = "*".equals(port) ? 0 : address.port();
    return new AddressPattern(address.scheme(), address.host(), subdomains, actual);
  }

  boolean matches(WebAddress address) {
    boolean named = subdomains ? address.host().endsWith("." + host) : address.host().equals(host);
    return named && scheme.equals(address.scheme()) && (port == 0 || port == address.port());
  }

  private static IllegalArgumentException unusable(String text) {
    return new IllegalArgumentException(
        "expected scheme://host or scheme://host:port such as https://*.example.org:8443, or * for every address, but found '%s'"
            .formatted(text));
  }
}
