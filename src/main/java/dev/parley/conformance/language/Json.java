package dev.parley.conformance.language;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** A JSON document; placeholders stand in its strings. */
public record Json(JsonNode node) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Empty where this is no well-formed document. */
  public static Optional<Json> parse(String text) {
    try {
      var node = MAPPER.readTree(text);
      return node.isMissingNode() ? Optional.empty() : Optional.of(new Json(node));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** The string that a member holds; empty where there is none. */
  public Optional<String> member(String name) {
    var member = node.path(name);
    return member.isString() ? Optional.of(member.asString()) : Optional.empty();
  }

  /** Every string in it. */
  public List<String> texts() {
    var texts = new ArrayList<String>();
    var _ =
        map(
            text -> {
              texts.add(text);
              return text;
            });
    return texts;
  }

  /** A copy with other strings. */
  public Json map(UnaryOperator<String> texts) {
    return new Json(map(node, texts));
  }

  private static JsonNode map(JsonNode node, UnaryOperator<String> texts) {
    var make = JsonNodeFactory.instance;
    if (node.isString()) {
      return make.stringNode(texts.apply(node.asString()));
    }
    if (node.isArray()) {
      var array = make.arrayNode();
      node.forEach(item -> array.add(map(item, texts)));
      return array;
    }
    if (node.isObject()) {
      var object = make.objectNode();
      node.properties().forEach(m -> object.set(m.getKey(), map(m.getValue(), texts)));
      return object;
    }
    return node;
  }

  /** As it is written on the wire. */
  public String text() {
    return MAPPER.writeValueAsString(node);
  }
}
