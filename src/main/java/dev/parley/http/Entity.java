package dev.parley.http;

import dev.parley.message.Body;
import dev.parley.message.MediaType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A request's entity: a payload of a known media type, within bounds and well-formed. */
final class Entity {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Entity() {}

  static Body read(Request request, long maxBytes) throws Refusal {
    if (request.getLength() > maxBytes) {
      throw tooLarge(maxBytes);
    }
    byte[] bytes = bytes(request, maxBytes);
    if (bytes.length == 0) {
      return Body.EMPTY;
    }
    var type = type(request);
    String text = text(bytes);
    return switch (type) {
      case TEXT -> Body.of(type, bytes);
      case JSON -> {
        checkJson(text);
        yield Body.of(type, bytes);
      }
      case XML -> Body.of(XmlEntity.element(text));
    };
  }

  private static byte[] bytes(Request request, long maxBytes) throws Refusal {
    try (var in = Content.Source.asInputStream(request)) {
      byte[] bytes = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE));
      if (bytes.length > maxBytes) {
        throw tooLarge(maxBytes);
      }
      return bytes;
    } catch (IOException e) {
      throw Refusal.of(400, "Bad Request", "The request ended too soon: " + e.getMessage());
    }
  }

  private static MediaType type(Request request) throws Refusal {
    HttpField field = request.getHeaders().getField(HttpHeader.CONTENT_TYPE);
    String found = field == null ? "" : field.getValue();
    String[] parts = found.toLowerCase(Locale.ROOT).split(";", -1);
    boolean utf8 = true;
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      utf8 &= !parameter.startsWith("charset=") || parameter.equals("charset=utf-8");
    }
    var type = MediaType.ofWireName(parts[0].strip());
    if (type.isEmpty() || !utf8 || request.getHeaders().contains(HttpHeader.CONTENT_ENCODING)) {
      throw Refusal.of(
          415,
          "Unsupported Media Type",
          "Expected Content-Type application/json, application/xml or text/plain, in UTF-8 and without Content-Encoding, but found '%s'."
              .formatted(found));
    }
    return type.get();
  }

  private static String text(byte[] bytes) throws Refusal {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw Refusal.of(400, "Bad Request", "Expected the payload to be UTF-8, but it is not.");
    }
  }

  private static void checkJson(String text) throws Refusal {
    try {
      JSON.readTree(text);
    } catch (JacksonException e) {
      throw Refusal.of(
          400,
          "Bad Request",
          "The payload is no well-formed JSON: %s (line %d, column %d)."
              .formatted(
                  e.getOriginalMessage(),
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr()));
    }
  }

  private static Refusal tooLarge(long maxBytes) {
    return Refusal.of(
        413, "Content Too Large", "The payload is larger than %d bytes.".formatted(maxBytes));
  }
}
