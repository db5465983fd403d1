package dev.parley.turn;

import dev.parley.message.Digest;
import dev.parley.message.Message;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What makes a message known again. */
public final class Identities {
  private Identities() {}

  /**
   * Identities are scoped by process, operation and sender, so that nobody gets somebody else's
   * answer.
   *
   * @param declared what the message's process knows it by; null where it declares nothing
   */
  static List<Identity> named(Message message, @Nullable String declared) {
    var identities = new ArrayList<Identity>(2);
    var headers = message.headers();
    String scope = message.process() + " " + message.operation() + " " + message.kind();
    if (declared != null) {
      identities.add(Identity.of("parley:identity", scope, message, declared));
    }
    if (headers.messageId() != null) {
      identities.add(Identity.of("wsa:MessageID", scope, message, headers.messageId()));
    }
    if (headers.idempotencyKey() != null) {
      identities.add(Identity.of("Idempotency-Key", scope, message, headers.idempotencyKey()));
    }
    return identities;
  }

  /** The same, as they are looked up by. */
  public static List<Digest> of(Message message, @Nullable String declared) {
    return named(message, declared).stream().map(Identity::digest).toList();
  }

  /** One of them: what gave it, its value, and what it is looked up by. */
  record Identity(String kind, String value, Digest digest) {
    static Identity of(String kind, String scope, Message message, String value) {
      return new Identity(kind, value, Digest.of(kind, scope, message.sender(), value));
    }
  }
}
