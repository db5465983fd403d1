package dev.parley.cli;

import java.net.URI;
import java.net.URISyntaxException;

/** Addresses that options give. */
final class HttpAddress {
  private HttpAddress() {}

  static URI of(String option, String value) throws UnusableException {
    try {
      var uri = new URI(value);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw unusable(option, value);
    }
    throw unusable(option, value);
  }

  private static UnusableException unusable(String option, String value) {
    return new UnusableException(
        "%s: expected an address such as http://name:8080, but found '%s'."
            .formatted(option, value));
  }
}
