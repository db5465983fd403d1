package dev.parley.config;

import dev.parley.deployment.QueuePolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gateway's configuration.
 *
 * @param host to listen on
 * @param port to listen on; 0 takes a free one
 * @param data folder that everything durable lives in; created if need be
 * @param store whether that is a database instead; the data folder then holds copies only
 * @param publicAddress what published WSDLs say; null: the address they were asked at
 * @param maxMessageBytes of a message; a larger one is refused with HTTP 413
 * @param validate whether messages are held to their schema at the door
 * @param replyWithin how long a caller waits for a reply
 * @param replyAddresses where answers and messages may be sent at a message's own request: {@code
 *     scheme://host[:port]}, or {@code *} for everywhere
 * @param partners address of a partner by participant or interface name, instead of the WSDL's
 * @param retention how long what is past is kept
 * @param queue of messages that no receive takes, where no model says otherwise
 */
public record Config(
    String host,
    int port,
    Path data,
    StoreSettings store,
    @Nullable String publicAddress,
    long maxMessageBytes,
    boolean validate,
    Duration replyWithin,
    List<String> replyAddresses,
    Map<String, String> partners,
    RetentionSettings retention,
    QueuePolicy queue) {
  public Config {
    replyAddresses = List.copyOf(replyAddresses);
    partners = Map.copyOf(partners);
  }

  /** With the defaults of retention and of queues. */
  public Config(
      String host,
      int port,
      Path data,
      StoreSettings store,
      @Nullable String publicAddress,
      long maxMessageBytes,
      boolean validate,
      Duration replyWithin,
      List<String> replyAddresses,
      Map<String, String> partners) {
    this(
        host,
        port,
        data,
        store,
        publicAddress,
        maxMessageBytes,
        validate,
        replyWithin,
        replyAddresses,
        partners,
        RetentionSettings.DEFAULT,
        QueuePolicy.DEFAULT);
  }

  /** Everything embedded, on loopback. */
  public static final Config DEFAULT =
      new Config(
          "127.0.0.1",
          8080,
          Path.of("data"),
          StoreSettings.EMBEDDED,
          null,
          10L * 1024 * 1024,
          true,
          Duration.ofSeconds(60),
          List.of(),
          Map.of());
}
