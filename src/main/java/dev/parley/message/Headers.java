package dev.parley.message;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What goes with a message besides its body: WS-Addressing message addressing properties, the HTTP
 * header {@code Idempotency-Key}, and SOAP header blocks; null where the sender gave none.
 *
 * @param to of a message that is sent: where, with its reference parameters
 * @param keys values of correlation keys that the sender of a simple message names itself, by the
 *     name of a key or of one of its properties
 * @param via how it came in; of an answer that is sent: how its request did
 * @param blocks SOAP header blocks that are not WS-Addressing's own
 */
public record Headers(
    @Nullable String messageId,
    @Nullable String relatesTo,
    @Nullable EndpointReference to,
    @Nullable EndpointReference replyTo,
    @Nullable EndpointReference faultTo,
    @Nullable String idempotencyKey,
    Map<String, String> keys,
    @Nullable Via via,
    List<Body> blocks) {
  public static final Headers NONE =
      new Headers(null, null, null, null, null, null, Map.of(), null, List.of());

  /**
   * How a message came in.
   *
   * @param port name of the WSDL port
   * @param submission its addressing is that of the W3C Member Submission of August 2004, not of
   *     WS-Addressing 1.0
   */
  public record Via(String port, boolean submission) {}

  public Headers {
    keys = Map.copyOf(keys);
    blocks = List.copyOf(blocks);
  }

  /** Only a {@code wsa:MessageID}. */
  public static Headers identified(String messageId) {
    return new Headers(messageId, null, null, null, null, null, Map.of(), null, List.of());
  }

  /** Of a simple message. */
  public static Headers simple(@Nullable String idempotencyKey, Map<String, String> keys) {
    return new Headers(null, null, null, null, null, idempotencyKey, keys, null, List.of());
  }

  /** Of a message that is sent there. */
  public static Headers towards(@Nullable EndpointReference to, List<Body> blocks) {
    return to == null && blocks.isEmpty()
        ? NONE
        : new Headers(null, null, to, null, null, null, Map.of(), null, blocks);
  }

  /** In the order of their names. */
  public Map<String, String> sortedKeys() {
    return new TreeMap<>(keys);
  }
}
