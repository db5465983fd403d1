package dev.parley.config;

import dev.parley.deployment.QueueSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A value that somebody set.
 *
 * @param where file, line and key, or the name of the variable or property
 */
record ConfigSetting(String where, String value) {
  private static final int MAX_PORT = 65_535;
  private static final Pattern REPLY_ADDRESS =
      Pattern.compile(
          "(?i)\\*|https?://(?:\\*\\.)?(?:[a-z0-9.-]+|\\[[0-9a-f:.]+])(?::(?:\\d{1,5}|\\*))?/?");

  String asText() throws ConfigUnusable {
    if (value.isBlank()) {
      throw unusable("a value", "none");
    }
    return value.strip();
  }

  int asPort() throws ConfigUnusable {
    long port = asNumber("a port from 0 to 65535");
    if (port < 0 || port > MAX_PORT) {
      throw unusable("a port from 0 to 65535");
    }
    return (int) port;
  }

  long asByteCount() throws ConfigUnusable {
    return asPositive("a number of bytes, at least 1");
  }

  long asCount() throws ConfigUnusable {
    return asPositive("a number, at least 1");
  }

  private long asPositive(String expected) throws ConfigUnusable {
    long number = asNumber(expected);
    if (number < 1) {
      throw unusable(expected);
    }
    return number;
  }

  private long asNumber(String expected) throws ConfigUnusable {
    try {
      return Long.parseLong(value.strip().replace("_", ""));
    } catch (NumberFormatException e) {
      throw unusable(expected);
    }
  }

  boolean asBoolean() throws ConfigUnusable {
    return switch (value.strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw unusable("true or false");
    };
  }

  Path asPath() throws ConfigUnusable {
    try {
      return Path.of(asText());
    } catch (InvalidPathException e) {
      throw unusable("the path of a folder");
    }
  }

  /** Without the line break at its end. */
  String asContentOfFile() throws ConfigUnusable {
    try {
      return Files.readString(asPath()).stripTrailing();
    } catch (IOException e) {
      throw unusable("the path of a file that can be read");
    }
  }

  /** Held to what a model's attribute of this name may be. */
  String asQueueSetting(String name) throws ConfigUnusable {
    var problem = QueueSettings.problem(name, value.strip());
    if (problem.isPresent()) {
      throw new ConfigUnusable(where + ": " + problem.get().replace("parley:" + name, "a value"));
    }
    return value.strip();
  }

  Duration asDuration() throws ConfigUnusable {
    String expected = "a positive ISO 8601 duration such as PT60S";
    try {
      var duration = Duration.parse(value.strip());
      if (duration.isPositive()) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      throw unusable(expected);
    }
    throw unusable(expected);
  }

  /** An address without its last slash, since paths are put behind it. */
  String asAddress() throws ConfigUnusable {
    String expected = "an address such as http://name:8080";
    try {
      var uri = new URI(asText());
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return uri.toString().replaceAll("/+$", "");
      }
    } catch (URISyntaxException e) {
      throw unusable(expected);
    }
    throw unusable(expected);
  }

  /** Where partners stand in one line: {@code supplier=http://a/b, bank=http://c}. */
  Map<String, String> asPartners() throws ConfigUnusable {
    var partners = new LinkedHashMap<String, String>();
    for (String pair : value.split(",", -1)) {
      int equals = pair.lastIndexOf("=http");
      if (equals < 1) {
        throw unusable("NAME=URL, several separated by commas");
      }
      String name = pair.substring(0, equals).strip();
      partners.put(name, new ConfigSetting(where, pair.substring(equals + 1)).asPartner());
    }
    return partners;
  }

  /** Several are separated by commas; nothing is none. */
  List<String> asReplyAddresses() throws ConfigUnusable {
    var addresses = new ArrayList<String>();
    for (String part : value.split(",", -1)) {
      String address = part.strip();
      if (!address.isEmpty() && !REPLY_ADDRESS.matcher(address).matches()) {
        throw unusable(
            "an address such as https://*.example.org:8443 without a path, or * for every address",
            "'" + address + "'");
      }
      if (!address.isEmpty()) {
        addresses.add(address);
      }
    }
    return addresses;
  }

  /** As it is, since a partner's address may end with a slash that matters. */
  String asPartner() throws ConfigUnusable {
    asAddress();
    return value.strip();
  }

  private ConfigUnusable unusable(String expected) {
    return unusable(expected, "'" + value + "'");
  }

  private ConfigUnusable unusable(String expected, String found) {
    return new ConfigUnusable("%s: expected %s, but found %s.".formatted(where, expected, found));
  }
}
