package dev.parley.http;

import dev.parley.deployment.Expected;
import dev.parley.expression.Value;
import dev.parley.message.Body;
import dev.parley.message.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Data by name as a JSON object: XML and text are strings, several items an array, nothing is null.
 */
final class DataDocument {
  /** No digit is lost. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private DataDocument() {}

  /** What a process or task is given: one JSON object; an absent entity is an empty one. */
  static SortedMap<String, Value> read(Request request, long maxBytes, List<Expected> expected)
      throws Refusal {
    var body = Entity.read(request, maxBytes);
    var data = new TreeMap<String, Value>();
    if (body.isEmpty()) {
      return data;
    }
    var document = body.type() == MediaType.JSON ? JSON.readTree(body.bytes()) : null;
    if (document == null || !document.isObject()) {
      throw Refusal.of(
          422, "Unprocessable Content", "Expected one JSON object that gives data by name.");
    }
    for (var member : document.properties()) {
      data.put(member.getKey(), value(member.getValue(), isXml(member.getKey(), expected)));
    }
    return data;
  }

  private static boolean isXml(String name, List<Expected> expected) {
    return expected.stream().anyMatch(e -> e.name().equals(name) && e.element().isPresent());
  }

  private static Value value(JsonNode node, boolean isXml) throws Refusal {
    if (!node.isString()) {
      return Value.payload(Body.of(MediaType.JSON, json(node)));
    }
    return isXml
        ? Value.xml(Body.of(XmlEntity.element(node.asString())))
        : Value.text(node.asString());
  }

  private static byte[] json(JsonNode node) throws Refusal {
    try {
      return JSON.writeValueAsBytes(node);
    } catch (JacksonException e) {
      throw Refusal.of(
          422, "Unprocessable Content", "A number cannot be kept: " + e.getOriginalMessage() + ".");
    }
  }

  static Map<String, Object> document(SortedMap<String, Value> data) {
    var members = new LinkedHashMap<String, Object>();
    data.forEach((name, value) -> members.put(name, member(value)));
    return members;
  }

  private static @Nullable Object member(Value value) {
    var items = value.split();
    return switch (items.size()) {
      case 0 -> null;
      case 1 -> item(items.getFirst().asMember());
      default -> items.stream().map(i -> item(i.asMember())).toList();
    };
  }

  private static Object item(Body body) {
    return body.type() == MediaType.JSON
        ? JSON.readTree(body.bytes())
        : new String(body.bytes(), StandardCharsets.UTF_8);
  }
}
