package dev.parley.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.config.Config;
import dev.parley.config.ConfigKey;
import dev.parley.config.ConfigReader;
import dev.parley.config.ConfigUnusable;
import dev.parley.config.RetentionSettings;
import dev.parley.config.StoreSettings;
import dev.parley.deployment.QueuePolicy;
import dev.parley.deployment.QueuePolicy.Choice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {
  private static final Map<String, String> NOTHING = Map.of();
  private static final QueuePolicy QUEUE =
      new QueuePolicy(
          Choice.REJECT,
          Duration.ofSeconds(1),
          Choice.DISCARD,
          Duration.ofSeconds(2),
          Choice.DISCARD,
          QueuePolicy.HeldKey.ALLOW,
          new QueuePolicy.Bounds(1, 2, 3),
          QueuePolicy.Full.DROP_OLDEST,
          Choice.REJECT,
          QueuePolicy.RejectionFault.NONE,
          QueuePolicy.RejectionFault.NONE);

  @TempDir private Path folder = Path.of("");

  private static final RetentionSettings RETENTION =
      new RetentionSettings(
          Duration.ofDays(2), 1000, Duration.ofHours(2), 20, 30, Duration.ofDays(3));

  @Test
  void without_any_configuration_everything_is_embedded_on_loopback() throws Exception {
    assertThat(read("")).isEqualTo(Config.DEFAULT);
  }

  @Test
  void every_key_can_stand_in_the_file() throws Exception {
    var config =
        read(
            """
            # the shop's gateway
            host: 0.0.0.0
            port: 9090
            data: /var/lib/parley
            store: jdbc:postgresql://db1/shop
            storeUser: shop
            storePassword: s3cret
            publicAddress: https://shop.example/
            maxMessageBytes: 1_000_000
            validate: false
            replyWithin: PT5S
            replyAddresses:
              - https://*.example:8443
              - http://10.0.0.7:*
            partners:
              supplier: http://stock.example/supplier
              "{urn:example:bank}Bank": http://bank.example/
            duplicateWindow: P2D
            maxIdentities: 1_000
            keepReplies: PT2H
            maxReplies: 20
            maxReplyBytes: 30
            keepFinished: P3D
            """);

    assertThat(config)
        .isEqualTo(
            new Config(
                "0.0.0.0",
                9090,
                Path.of("/var/lib/parley"),
                new StoreSettings("jdbc:postgresql://db1/shop", "shop", "s3cret"),
                "https://shop.example",
                1_000_000,
                false,
                Duration.ofSeconds(5),
                List.of("https://*.example:8443", "http://10.0.0.7:*"),
                Map.of(
                    "supplier", "http://stock.example/supplier",
                    "{urn:example:bank}Bank", "http://bank.example/"),
                RETENTION,
                QueuePolicy.DEFAULT));
  }

  @Test
  void a_property_wins_over_a_variable_and_a_variable_over_the_file() throws Exception {
    var file = file("port: 1\nhost: file\ndata: file\n");
    var environment = Map.of("PARLEY_PORT", "2", "PARLEY_HOST", "variable");
    var properties = Map.of("parley.port", "3");

    var config = reader(properties, environment).read(Optional.of(file));

    assertThat(config.port()).isEqualTo(3);
    assertThat(config.host()).isEqualTo("variable");
    assertThat(config.data()).isEqualTo(Path.of("file"));
  }

  @Test
  void every_key_has_a_variable_and_a_property() throws Exception {
    var values =
        Map.ofEntries(
            entry(ConfigKey.HOST, "h"),
            entry(ConfigKey.PORT, "0"),
            entry(ConfigKey.DATA, "d"),
            entry(ConfigKey.STORE, "jdbc:postgresql:x"),
            entry(ConfigKey.STORE_USER, "u"),
            entry(ConfigKey.STORE_PASSWORD, "p"),
            entry(ConfigKey.STORE_PASSWORD_FILE, passwordFile().toString()),
            entry(ConfigKey.PUBLIC_ADDRESS, "http://p"),
            entry(ConfigKey.MAX_MESSAGE_BYTES, "7"),
            entry(ConfigKey.VALIDATE, "false"),
            entry(ConfigKey.REPLY_WITHIN, "PT1M"),
            entry(ConfigKey.REPLY_ADDRESSES, "http://a, *"),
            entry(ConfigKey.PARTNERS, "a=http://a/?x=1, {urn:b=c}B=https://b/"),
            entry(ConfigKey.DUPLICATE_WINDOW, "P2D"),
            entry(ConfigKey.MAX_IDENTITIES, "1000"),
            entry(ConfigKey.KEEP_REPLIES, "PT2H"),
            entry(ConfigKey.MAX_REPLIES, "20"),
            entry(ConfigKey.MAX_REPLY_BYTES, "30"),
            entry(ConfigKey.KEEP_FINISHED, "P3D"),
            entry(ConfigKey.QUEUE_ON_EARLY, "reject"),
            entry(ConfigKey.QUEUE_KEEP_EARLY, "PT1S"),
            entry(ConfigKey.QUEUE_ON_UNKNOWN, "discard"),
            entry(ConfigKey.QUEUE_KEEP_UNKNOWN, "PT2S"),
            entry(ConfigKey.QUEUE_ON_LATE, "discard"),
            entry(ConfigKey.QUEUE_ON_HELD_KEY, "allow"),
            entry(ConfigKey.QUEUE_MAX_PER_CONVERSATION, "1"),
            entry(ConfigKey.QUEUE_MAX_PER_OPERATION, "2"),
            entry(ConfigKey.QUEUE_MAX_BYTES, "3"),
            entry(ConfigKey.QUEUE_ON_FULL, "dropOldest"),
            entry(ConfigKey.QUEUE_ON_SUSPENDED, "reject"));
    var expected =
        new Config(
            "h",
            0,
            Path.of("d"),
            new StoreSettings("jdbc:postgresql:x", "u", "p"),
            "http://p",
            7,
            false,
            Duration.ofMinutes(1),
            List.of("http://a", "*"),
            Map.of("a", "http://a/?x=1", "{urn:b=c}B", "https://b/"),
            RETENTION,
            QUEUE);
    assertThat(values).containsOnlyKeys(ConfigKey.values());

    var variables = byName(values, true);
    var properties = byName(values, false);

    assertThat(variables).containsKey("PARLEY_MAX_MESSAGE_BYTES");
    assertThat(properties).containsKey("parley.maxMessageBytes");
    assertThat(reader(NOTHING, variables).read(Optional.empty())).isEqualTo(expected);
    assertThat(reader(properties, NOTHING).read(Optional.empty())).isEqualTo(expected);
  }

  @Test
  void a_password_may_stand_in_a_file_of_its_own_and_is_never_shown() throws Exception {
    var config =
        reader(NOTHING, Map.of("PARLEY_STORE", "jdbc:postgresql://db1/shop?password=s3cret"))
            .read(Optional.of(file("storePasswordFile: " + passwordFile())));

    assertThat(config.store().password()).isEqualTo("s3cret");
    assertThat(config.toString()).doesNotContain("s3cret");
  }

  private Path passwordFile() throws IOException {
    return Files.writeString(folder.resolve("password"), "s3cret\n");
  }

  @Test
  void queue_policies_stand_below_a_key_of_their_own() throws Exception {
    var queue = read("queue:\n  onEarly: reject\n  maxBytes: 1000000\nport: 1\n").queue();

    assertThat(queue.onEarly()).isEqualTo(Choice.REJECT);
    assertThat(queue.bounds().bytes()).isEqualTo(1_000_000);
    assertThat(queue.keepUnknown()).isEqualTo(QueuePolicy.DEFAULT.keepUnknown());
  }

  @Test
  void partners_are_put_together_name_by_name() throws Exception {
    var file = file("partners:\n  a: http://file/a\n  b: http://file/b\n");

    var config =
        reader(NOTHING, Map.of("PARLEY_PARTNERS", "b=http://variable/b")).read(Optional.of(file));

    assertThat(config.partners())
        .containsOnly(Map.entry("a", "http://file/a"), Map.entry("b", "http://variable/b"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          queue: 7             | :1: 'queue': expected keys and values such as 'onEarly: reject' below it, but found something else.
          queue.onErly: reject | :1: 'queue.onErly': there is no such key. Did you mean 'queue.onEarly'?
          queue.onEarly: no    | :1: 'queue.onEarly': Expected a value to be one of discard, queue, reject, but found 'no'.
          prot: 1              | :1: 'prot': there is no such key. Did you mean 'port'?
          max-message-bytes: 1 | :1: 'max-message-bytes': there is no such key. Did you mean 'maxMessageBytes'?
          colour: red          | :1: 'colour': there is no such key. There are: host, port, data, store, storeUser, storePassword, storePasswordFile, publicAddress, maxMessageBytes, validate, replyWithin, replyAddresses, partners, duplicateWindow, maxIdentities, keepReplies, maxReplies, maxReplyBytes, keepFinished, queue.onEarly, queue.keepEarly, queue.onUnknown, queue.keepUnknown, queue.onLate, queue.onHeldKey, queue.maxPerConversation, queue.maxPerOperation, queue.maxBytes, queue.onFull, queue.onSuspended.
          port: 70000          | :1: 'port': expected a port from 0 to 65535, but found '70000'.
          port: many           | :1: 'port': expected a port from 0 to 65535, but found 'many'.
          port: [1]            | :1: 'port': expected one value, but found a list or keys below it.
          port:                | :1: 'port': expected a port from 0 to 65535, but found ''.
          host:                | :1: 'host': expected a value, but found none.
          validate: perhaps    | :1: 'validate': expected true or false, but found 'perhaps'.
          replyWithin: 60      | :1: 'replyWithin': expected a positive ISO 8601 duration such as PT60S, but found '60'.
          replyWithin: PT0S    | :1: 'replyWithin': expected a positive ISO 8601 duration such as PT60S, but found 'PT0S'.
          maxMessageBytes: 0   | :1: 'maxMessageBytes': expected a number of bytes, at least 1, but found '0'.
          publicAddress: shop  | :1: 'publicAddress': expected an address such as http://name:8080, but found 'shop'.
          replyAddresses: [http://a/b] | :1: 'replyAddresses': expected an address such as https://*.example.org:8443 without a path, or * for every address, but found 'http://a/b'.
          replyAddresses: [ftp://a] | :1: 'replyAddresses': expected an address such as https://*.example.org:8443 without a path, or * for every address, but found 'ftp://a'.
          replyAddresses: [http://a@b] | :1: 'replyAddresses': expected an address such as https://*.example.org:8443 without a path, or * for every address, but found 'http://a@b'.
          replyAddresses: [http://a*] | :1: 'replyAddresses': expected an address such as https://*.example.org:8443 without a path, or * for every address, but found 'http://a*'.
          replyAddresses: [[a]] | :1: 'replyAddresses': expected one value, but found a list or keys below it.
          partners: supplier   | :1: 'partners': expected names with addresses below it, but found something else.
          partners: {a: b}     | :1: 'partners.a': expected an address such as http://name:8080, but found 'b'.
          - port               | :1: expected keys and values such as 'port: 8080', but found something else.
          """)
  void a_mistake_in_the_file_has_its_line_and_what_was_expected(String text, String message)
      throws IOException {
    var file = file(text);

    assertThatThrownBy(() -> reader(NOTHING, NOTHING).read(Optional.of(file)))
        .isInstanceOf(ConfigUnusable.class)
        .hasMessage(file + message);
  }

  @Test
  void a_mistake_further_down_has_its_own_line() throws IOException {
    var file = file("host: here\n\n# comment\nport: x\n");

    assertThatThrownBy(() -> reader(NOTHING, NOTHING).read(Optional.of(file)))
        .hasMessageStartingWith(file + ":4: 'port': expected");
  }

  @Test
  void a_file_that_is_no_yaml_or_says_something_twice_is_refused_in_one_line() throws IOException {
    for (String text : new String[] {"port: 'x\n", "port: 1\nport: 2\n", "a: b: c\n"}) {
      var file = file(text);

      assertThatThrownBy(() -> reader(NOTHING, NOTHING).read(Optional.of(file)))
          .isInstanceOf(ConfigUnusable.class)
          .hasMessageStartingWith(file.toString())
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void one_reply_address_needs_no_list_and_an_empty_list_allows_nothing() throws Exception {
    assertThat(read("replyAddresses: http://a").replyAddresses()).containsExactly("http://a");
    assertThat(read("replyAddresses: []").replyAddresses()).isEmpty();
  }

  @Test
  void a_mistake_in_a_variable_names_the_variable() {
    var reader = reader(NOTHING, Map.of("PARLEY_PORT", "x"));

    assertThatThrownBy(() -> reader.read(Optional.empty()))
        .hasMessage(
            "environment variable PARLEY_PORT: expected a port from 0 to 65535, but found 'x'.");
  }

  @Test
  void a_file_that_was_named_must_be_there() {
    var file = folder.resolve("missing.yaml");

    assertThatThrownBy(() -> reader(NOTHING, NOTHING).read(Optional.of(file)))
        .hasMessageContaining("Expected a configuration file at " + file);
  }

  private static Map<String, String> byName(Map<ConfigKey, String> values, boolean variables) {
    return Arrays.stream(ConfigKey.values())
        .collect(
            Collectors.toMap(
                k -> variables ? k.inEnvironment() : k.asProperty(),
                k -> values.getOrDefault(k, "")));
  }

  private Config read(String text) throws IOException, ConfigUnusable {
    return reader(NOTHING, NOTHING).read(Optional.of(file(text)));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("parley.yaml"), text);
  }

  private static ConfigReader reader(
      Map<String, String> properties, Map<String, String> environment) {
    return new ConfigReader(properties::get, environment::get);
  }
}
