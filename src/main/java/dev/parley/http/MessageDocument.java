package dev.parley.http;

import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import dev.parley.message.Headers;
import dev.parley.message.Id;
import dev.parley.message.MediaType;
import dev.parley.message.Message;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Messages as members of a JSON object. */
final class MessageDocument {
  private MessageDocument() {}

  /** What has become of a message. */
  static void outcome(MessageRow row, Map<String, Object> document) {
    document.put("id", row.id().toString());
    document.put("state", state(row));
    put(document, "instance", row.instance());
    put(document, "expires", row.expiresAt());
  }

  static String state(MessageRow row) {
    return row.state() == MessageState.WAITING
        ? "queued"
        : row.state().name().toLowerCase(Locale.ROOT);
  }

  /** The HTTP status that says the same. */
  static int status(MessageRow row) {
    return row.state() == MessageState.WAITING ? 202 : 200;
  }

  /** Who sent which message when. */
  static void origin(Message message, Map<String, Object> document) {
    document.put("process", message.process());
    document.put("operation", message.operation().operation());
    document.put("since", at(message).toString());
    document.put("bytes", message.body().length());
    if (!message.sender().isEmpty()) {
      document.put("sender", message.sender());
    }
  }

  private static Instant at(Message message) {
    return Instant.ofEpochMilli(Id.millis(message.id().value()));
  }

  /** Headers, media type and body: XML and text as a string, JSON as it is. */
  static void content(Message message, Map<String, Object> document) {
    var headers = headers(message.headers());
    if (!headers.isEmpty()) {
      document.put("headers", headers);
    }
    document.put("type", message.body().type().wireName());
    document.put("body", body(message.body()));
  }

  private static Object body(Body body) {
    return body.type() == MediaType.JSON
        ? JsonMapper.shared().readTree(body.bytes())
        : new String(body.bytes(), StandardCharsets.UTF_8);
  }

  private static Map<String, Object> headers(Headers headers) {
    var members = new LinkedHashMap<String, Object>();
    put(members, "messageId", headers.messageId());
    put(members, "relatesTo", headers.relatesTo());
    put(members, "to", address(headers.to()));
    put(members, "replyTo", address(headers.replyTo()));
    put(members, "faultTo", address(headers.faultTo()));
    put(members, "idempotencyKey", headers.idempotencyKey());
    if (!headers.keys().isEmpty()) {
      members.put("keys", headers.sortedKeys());
    }
    return members;
  }

  private static @Nullable String address(@Nullable EndpointReference reference) {
    return reference == null ? null : reference.address();
  }

  /** Nothing where there is no value. */
  static void put(Map<String, Object> members, String name, @Nullable Object value) {
    if (value != null) {
      members.put(name, value.toString());
    }
  }
}
