package dev.parley.soap;

import dev.parley.delivery.ReplyAddresses;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where SOAP services are hosted, and within which bounds.
 *
 * @param publicAddress what published WSDL documents say instead of the address that they were
 *     asked at, for instance {@code https://gateway.example.org}; null for none
 * @param maxMessageBytes of a request's or a partner's reply's entity
 * @param validate whether bodies are held to their schema
 * @param replyWithin how long a caller waits for its answer at most
 * @param replyAddresses where a request may have its answer sent
 */
public record SoapSettings(
    @Nullable String publicAddress,
    long maxMessageBytes,
    boolean validate,
    Duration replyWithin,
    ReplyAddresses replyAddresses) {
  public static final long DEFAULT_MAX_MESSAGE_BYTES = 10L << 20;
  public static final Duration DEFAULT_REPLY_WITHIN = Duration.ofSeconds(60);

  public SoapSettings {
    if (publicAddress != null && publicAddress.endsWith("/")) {
      publicAddress = publicAddress.substring(0, publicAddress.length() - 1);
    }
  }
}
