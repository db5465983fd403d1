package dev.parley.message;

import java.util.Optional;

/** What a body is written in. */
public enum MediaType {
  /** One element. */
  XML("application/xml"),
  JSON("application/json"),
  TEXT("text/plain");

  private final String name;

  MediaType(String name) {
    this.name = name;
  }

  /** For instance {@code application/json}. */
  public String wireName() {
    return name;
  }

  /** The type that a media type without parameters stands for, {@code +xml} and {@code +json}. */
  public static Optional<MediaType> ofWireName(String name) {
    return switch (name) {
      case "application/xml", "text/xml" -> Optional.of(XML);
      case "application/json" -> Optional.of(JSON);
      case "text/plain" -> Optional.of(TEXT);
      default ->
          name.endsWith("+xml")
              ? Optional.of(XML)
              : name.endsWith("+json") ? Optional.of(JSON) : Optional.empty();
    };
  }
}
