package dev.parley.cli;

import java.util.Map;

/** An example for each built-in type of XML Schema. */
final class SampleValue {
  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("boolean", "true"),
          Map.entry("decimal", "9.50"),
          Map.entry("float", "1.5"),
          Map.entry("double", "1.5"),
          Map.entry("date", "2026-01-31"),
          Map.entry("dateTime", "2026-01-31T12:00:00Z"),
          Map.entry("time", "12:00:00"),
          Map.entry("duration", "P1D"),
          Map.entry("gYear", "2026"),
          Map.entry("gYearMonth", "2026-01"),
          Map.entry("gMonthDay", "--01-31"),
          Map.entry("gMonth", "--01"),
          Map.entry("gDay", "---31"),
          Map.entry("base64Binary", "AAAA"),
          Map.entry("hexBinary", "00"),
          Map.entry("anyURI", "urn:example"),
          Map.entry("language", "en"),
          Map.entry("negativeInteger", "-1"),
          Map.entry("nonPositiveInteger", "0"),
          Map.entry("integer", "1"),
          Map.entry("positiveInteger", "1"),
          Map.entry("nonNegativeInteger", "1"),
          Map.entry("long", "1"),
          Map.entry("int", "1"),
          Map.entry("short", "1"),
          Map.entry("byte", "1"),
          Map.entry("unsignedLong", "1"),
          Map.entry("unsignedInt", "1"),
          Map.entry("unsignedShort", "1"),
          Map.entry("unsignedByte", "1"));

  private SampleValue() {}

  /** Text says what it stands for. */
  static String of(String type, String name) {
    return VALUES.getOrDefault(type, name + "-1");
  }
}
