package dev.parley.config;

import dev.parley.deployment.QueuePolicy;
import dev.parley.deployment.QueueSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Puts the configuration together, key by key; the first that has a value wins: system property,
 * environment variable, file, default. Partners are put together name by name.
 */
public final class ConfigReader {
  /** Read where no file is named, if it is there. */
  public static final Path USUAL_FILE = Path.of("parley.yaml");

  private final UnaryOperator<@Nullable String> properties;
  private final UnaryOperator<@Nullable String> environment;

  /**
   * A reader of these sources.
   *
   * @param properties value of a system property by name; null where it is not set
   * @param environment value of an environment variable by name; null where it is not set
   */
  public ConfigReader(
      UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
    this.properties = properties;
    this.environment = environment;
  }

  /** Of this process. */
  public static ConfigReader ofProcess() {
    return new ConfigReader(System::getProperty, System::getenv);
  }

  /** Reads the file that was named, else the usual one if there is one. */
  public Config read(Optional<Path> named) throws ConfigUnusable {
    if (named.isPresent() && !Files.isRegularFile(named.get())) {
      throw new ConfigUnusable(
          "Expected a configuration file at %s, but there is none; correct the path, or create it."
              .formatted(named.get()));
    }
    var file = named.or(() -> Optional.of(USUAL_FILE).filter(Files::isRegularFile));
    var settings = new EnumMap<ConfigKey, ConfigSetting>(ConfigKey.class);
    var partners = new LinkedHashMap<String, String>();
    if (file.isPresent()) {
      var content = ConfigFile.read(file.get());
      settings.putAll(content.settings());
      partners.putAll(content.partners());
    }
    for (var key : ConfigKey.values()) {
      var outside = outside(key);
      if (outside.isPresent() && key == ConfigKey.PARTNERS) {
        partners.putAll(outside.get().asPartners());
      } else if (outside.isPresent()) {
        settings.put(key, outside.get());
      }
    }
    return config(settings, partners);
  }

  private Optional<ConfigSetting> outside(ConfigKey key) {
    @Nullable String property = properties.apply(key.asProperty());
    if (property != null) {
      return Optional.of(new ConfigSetting("system property " + key.asProperty(), property));
    }
    @Nullable String variable = environment.apply(key.inEnvironment());
    return Optional.ofNullable(variable)
        .map(value -> new ConfigSetting("environment variable " + key.inEnvironment(), value));
  }

  private static Config config(Map<ConfigKey, ConfigSetting> settings, Map<String, String> partners)
      throws ConfigUnusable {
    var base = Config.DEFAULT;
    var host = settings.get(ConfigKey.HOST);
    var port = settings.get(ConfigKey.PORT);
    var data = settings.get(ConfigKey.DATA);
    var address = settings.get(ConfigKey.PUBLIC_ADDRESS);
    var bytes = settings.get(ConfigKey.MAX_MESSAGE_BYTES);
    var validate = settings.get(ConfigKey.VALIDATE);
    var within = settings.get(ConfigKey.REPLY_WITHIN);
    var replies = settings.get(ConfigKey.REPLY_ADDRESSES);
    return new Config(
        host == null ? base.host() : host.asText(),
        port == null ? base.port() : port.asPort(),
        data == null ? base.data() : data.asPath(),
        store(settings),
        address == null ? base.publicAddress() : address.asAddress(),
        bytes == null ? base.maxMessageBytes() : bytes.asByteCount(),
        validate == null ? base.validate() : validate.asBoolean(),
        within == null ? base.replyWithin() : within.asDuration(),
        replies == null ? base.replyAddresses() : replies.asReplyAddresses(),
        partners,
        retention(settings),
        queue(settings));
  }

  private static RetentionSettings retention(Map<ConfigKey, ConfigSetting> settings)
      throws ConfigUnusable {
    var base = RetentionSettings.DEFAULT;
    var window = settings.get(ConfigKey.DUPLICATE_WINDOW);
    var identities = settings.get(ConfigKey.MAX_IDENTITIES);
    var keepReplies = settings.get(ConfigKey.KEEP_REPLIES);
    var replies = settings.get(ConfigKey.MAX_REPLIES);
    var bytes = settings.get(ConfigKey.MAX_REPLY_BYTES);
    var finished = settings.get(ConfigKey.KEEP_FINISHED);
    return new RetentionSettings(
        window == null ? base.duplicateWindow() : window.asDuration(),
        identities == null ? base.maxIdentities() : identities.asCount(),
        keepReplies == null ? base.keepReplies() : keepReplies.asDuration(),
        replies == null ? base.maxReplies() : replies.asCount(),
        bytes == null ? base.maxReplyBytes() : bytes.asByteCount(),
        finished == null ? base.keepFinished() : finished.asDuration());
  }

  private static QueuePolicy queue(Map<ConfigKey, ConfigSetting> settings) throws ConfigUnusable {
    var queue = new LinkedHashMap<String, String>();
    for (var setting : settings.entrySet()) {
      var name = setting.getKey().queueSetting();
      if (name.isPresent()) {
        queue.put(name.get(), setting.getValue().asQueueSetting(name.get()));
      }
    }
    return QueueSettings.read(queue);
  }

  private static StoreSettings store(Map<ConfigKey, ConfigSetting> settings) throws ConfigUnusable {
    var address = settings.get(ConfigKey.STORE);
    var user = settings.get(ConfigKey.STORE_USER);
    var password = settings.get(ConfigKey.STORE_PASSWORD);
    var file = settings.get(ConfigKey.STORE_PASSWORD_FILE);
    String inFile = file == null ? null : file.asContentOfFile();
    return new StoreSettings(
        address == null ? null : address.asText(),
        user == null ? null : user.asText(),
        password == null ? inFile : password.value());
  }
}
