package dev.parley.bench;

import dev.parley.message.Body;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import java.nio.charset.StandardCharsets;

/** Messages that differ from one that came in by their key and their identity only. */
final class Copies {
  private final Message original;
  private final int keyAt;

  /**
   * Of a message.
   *
   * @param key the number that is in its body
   */
  Copies(Message original, long key) {
    this.original = original;
    byte[] bytes = original.body().bytes();
    byte[] digits = Request.digits(key).getBytes(StandardCharsets.US_ASCII);
    keyAt = Reply.indexOf(bytes, 0, bytes.length, digits);
    if (keyAt < 0) {
      throw new BenchException(
          "Expected key %d in the message, but found %s".formatted(key, original.body()));
    }
  }

  Message of(MessageId id, long key, long identity) {
    byte[] bytes = original.body().bytes().clone();
    Request.digits(key, bytes, keyAt);
    return new Message(
        id,
        original.process(),
        original.operation(),
        original.kind(),
        Body.of(original.body().type(), bytes),
        identified(original.headers(), Request.digits(identity)),
        original.sender());
  }

  private static Headers identified(Headers headers, String identity) {
    return new Headers(
        headers.messageId(),
        headers.relatesTo(),
        headers.to(),
        headers.replyTo(),
        headers.faultTo(),
        identity,
        headers.keys(),
        headers.via(),
        headers.blocks());
  }
}
