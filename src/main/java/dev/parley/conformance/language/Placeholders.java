package dev.parley.conformance.language;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Texts with holes: {@code ${any}}, {@code ${matches:REGEX}}, {@code ${request.NAME}}, {@code
 * ${partner:NAME}}, and {@code ${name}}, which captures what it meets first and means it from then
 * on.
 */
public final class Placeholders {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_\\-]*");

  private Placeholders() {}

  /** A piece of such a text. */
  public sealed interface Part {
    record Literal(String text) implements Part {}

    record Any() implements Part {}

    record Matches(String regex) implements Part {}

    /** A capture, or its value. */
    record Name(String name) implements Part {}

    /** The text of the request's first element of that local name; in a partner's answer. */
    record OfRequest(String element) implements Part {}

    /** The address of a partner. */
    record AddressOf(String partner) implements Part {}
  }

  /** Throws IllegalArgumentException that says what is wrong. */
  public static List<Part> parse(String text) {
    var parts = new ArrayList<Part>();
    int from = 0;
    int start = text.indexOf("${");
    while (start >= 0) {
      if (start > from) {
        parts.add(new Part.Literal(text.substring(from, start)));
      }
      int end = end(text, start + 2);
      parts.add(part(text.substring(start + 2, end)));
      from = end + 1;
      start = text.indexOf("${", from);
    }
    if (from < text.length()) {
      parts.add(new Part.Literal(text.substring(from)));
    }
    return List.copyOf(parts);
  }

  /** Braces inside, as in a regular expression, come in pairs. */
  private static int end(String text, int from) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "Expected a '}' for the '${' of '%s', but found none".formatted(text.strip()));
  }

  private static Part part(String content) {
    if (content.equals("any")) {
      return new Part.Any();
    }
    if (content.startsWith("matches:")) {
      return new Part.Matches(checked(content.substring("matches:".length())));
    }
    if (content.startsWith("partner:")) {
      return new Part.AddressOf(content.substring("partner:".length()));
    }
    boolean ofRequest = content.startsWith("request.");
    String name = ofRequest ? content.substring("request.".length()) : content;
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Expected ${any}, ${matches:REGEX}, ${request.NAME}, ${partner:NAME} or ${name}, but found ${%s}"
              .formatted(content));
    }
    return ofRequest ? new Part.OfRequest(name) : new Part.Name(name);
  }

  private static String checked(String regex) {
    try {
      return Pattern.compile(regex).pattern();
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "Expected a regular expression, but found '%s': %s".formatted(regex, e.getDescription()),
          e);
    }
  }
}
