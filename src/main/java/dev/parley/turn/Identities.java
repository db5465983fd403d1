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
  public static List<Digest> of(Message message, @Nullable String declared) {
    var identities = new ArrayList<Digest>(2);
    var headers = message.headers();
    String scope = message.process() + " " + message.operation() + " " + message.kind();
    if (declared != null) {
      identities.add(Digest.of("parley:identity", scope, message.sender(), declared));
    }
    if (headers.messageId() != null) {
      identities.add(Digest.of("wsa:MessageID", scope, message.sender(), headers.messageId()));
    }
    if (headers.idempotencyKey() != null) {
      identities.add(
          Digest.of("Idempotency-Key", scope, message.sender(), headers.idempotencyKey()));
    }
    return identities;
  }
}
