package dev.parley.soap;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP binding says of a request's entity (SOAP 1.1, section 6; SOAP 1.2 Part 2, section
 * 7).
 *
 * @param charset null where the document itself says it
 * @param action empty where the sender gave none
 */
record Request(String mediaType, @Nullable String charset, String action) {
  private static final Set<String> MEDIA_TYPES = Set.of("text/xml", "application/soap+xml");

  static Request of(HttpServletRequest http) {
    // Jetty refuses to tell a content type with an unknown charset.
    @Nullable String contentType = http.getHeader("Content-Type");
    String type = contentType == null ? "" : contentType;
    int end = type.indexOf(';');
    String mediaType = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    @Nullable String soapAction = http.getHeader("SOAPAction");
    String action = soapAction == null ? orEmpty(parameter(type, "action")) : unquoted(soapAction);
    return new Request(mediaType, parameter(type, "charset"), action);
  }

  boolean isSoap() {
    return MEDIA_TYPES.contains(mediaType);
  }

  boolean hasKnownCharset() {
    try {
      return charset == null || Charset.isSupported(charset);
    } catch (IllegalCharsetNameException e) {
      return false;
    }
  }

  static @Nullable String charset(String contentType) {
    return parameter(contentType, "charset");
  }

  private static @Nullable String parameter(String contentType, String name) {
    for (String part : contentType.split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0 && part.substring(0, equals).strip().equalsIgnoreCase(name)) {
        return unquoted(part.substring(equals + 1));
      }
    }
    return null;
  }

  private static String unquoted(String text) {
    String value = text.strip();
    return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")
        ? value.substring(1, value.length() - 1)
        : value;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
