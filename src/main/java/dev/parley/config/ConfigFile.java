package dev.parley.config;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The configuration's file, read so that every mistake has its line. */
final class ConfigFile {
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private final Path file;
  private final JsonParser in;
  private final Map<ConfigKey, ConfigSetting> settings = new EnumMap<>(ConfigKey.class);
  private final Map<String, String> partners = new LinkedHashMap<>();

  /** What a file says. */
  record Content(Map<ConfigKey, ConfigSetting> settings, Map<String, String> partners) {}

  private ConfigFile(Path file, JsonParser in) {
    this.file = file;
    this.in = in;
  }

  static Content read(Path file) throws ConfigUnusable {
    try (var in = YAML.createParser(file)) {
      var reading = new ConfigFile(file, in);
      reading.document();
      return new Content(reading.settings, reading.partners);
    } catch (JacksonException e) {
      var location = e.getLocation();
      String line = location == null ? "" : ":" + location.getLineNr();
      throw new ConfigUnusable(
          "%s%s: expected YAML, but it cannot be read: %s."
              .formatted(file, line, firstLine(e.getOriginalMessage())));
    }
  }

  private void document() throws ConfigUnusable {
    var first = in.nextToken();
    if (first == null) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      throw new ConfigUnusable(
          where("") + ": expected keys and values such as 'port: 8080', but found something else.");
    }
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      if (name.equals(ConfigKey.QUEUE)) {
        queue();
      } else {
        value(key(name));
      }
    }
  }

  private void queue() throws ConfigUnusable {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new ConfigUnusable(
          where(ConfigKey.QUEUE)
              + ": expected keys and values such as 'onEarly: reject' below it, but found something"
              + " else.");
    }
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      value(key(ConfigKey.QUEUE + "." + in.currentName()));
    }
  }

  private ConfigKey key(String name) throws ConfigUnusable {
    return ConfigKey.of(name)
        .orElseThrow(
            () ->
                new ConfigUnusable(
                    "%s: there is no such key. %s"
                        .formatted(where(name), ConfigKey.suggestion(name))));
  }

  private void value(ConfigKey key) throws ConfigUnusable {
    if (key == ConfigKey.PARTNERS) {
      partners();
    } else if (key == ConfigKey.REPLY_ADDRESSES) {
      settings.put(key, list(key.inFile()));
    } else {
      settings.put(key, scalar(key.inFile()));
    }
  }

  /** One value or several, as they would stand in one line. */
  private ConfigSetting list(String key) throws ConfigUnusable {
    String where = where(key);
    if (in.nextToken() != JsonToken.START_ARRAY) {
      return scalar(where, in.currentToken());
    }
    var values = new StringJoiner(",");
    while (in.nextToken() != JsonToken.END_ARRAY) {
      values.add(scalar(where(key), in.currentToken()).value());
    }
    return new ConfigSetting(where, values.toString());
  }

  private void partners() throws ConfigUnusable {
    if (in.nextToken() != JsonToken.START_OBJECT) {
      throw new ConfigUnusable(
          where("partners")
              + ": expected names with addresses below it, but found something else.");
    }
    while (in.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = in.currentName();
      partners.put(name, scalar("partners." + name).asPartner());
    }
  }

  private ConfigSetting scalar(String key) throws ConfigUnusable {
    String where = where(key);
    return scalar(where, in.nextToken());
  }

  private ConfigSetting scalar(String where, JsonToken token) throws ConfigUnusable {
    if (!token.isScalarValue()) {
      throw new ConfigUnusable(where + ": expected one value, but found a list or keys below it.");
    }
    return new ConfigSetting(where, token == JsonToken.VALUE_NULL ? "" : in.getString());
  }

  private String where(String key) {
    int line = in.currentTokenLocation().getLineNr();
    return "%s:%d%s".formatted(file, line, key.isEmpty() ? "" : ": '" + key + "'");
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
