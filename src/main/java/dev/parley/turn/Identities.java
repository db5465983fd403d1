package dev.parley.turn;

import dev.parley.message.Digest;
import dev.parley.message.Message;
import java.util.ArrayList;
import java.util.List;

/** What makes a message known again. */
public final class Identities {
  private Identities() {}

  /**
   * Identities are scoped by process, operation and sender, so that nobody gets somebody else's
   * answer.
   */
  public static List<Digest> of(Message message) {
    return named(message).stream().map(Identity::digest).toList();
  }

  /** One of them: by what it is known, and what it is looked up by. */
  record Identity(String kind, String value, Digest digest) {}

  static List<Identity> named(Message message) {
    var identities = new ArrayList<Identity>(2);
    var headers = message.headers();
    String scope = message.process() + " " + message.operation() + " " + message.kind();
    if (headers.messageId() != null) {
      identities.add(identity("wsa:MessageID", scope, message, headers.messageId()));
    }
    if (headers.idempotencyKey() != null) {
      identities.add(identity("Idempotency-Key", scope, message, headers.idempotencyKey()));
    }
    return identities;
  }

  private static Identity identity(String kind, String scope, Message message, String value) {
    return new Identity(kind, value, Digest.of(kind, scope, message.sender(), value));
  }
}
