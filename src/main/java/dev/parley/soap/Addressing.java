package dev.parley.soap;

import dev.parley.message.EndpointReference;
import org.jspecify.annotations.Nullable;

/** The message addressing properties of an envelope (WS-Addressing 1.0 Core, section 3.1). */
record Addressing(
    AddressingVersion version,
    @Nullable String messageId,
    @Nullable String relatesTo,
    @Nullable EndpointReference to,
    @Nullable EndpointReference replyTo,
    @Nullable EndpointReference faultTo,
    @Nullable String action) {
  static final Addressing NONE =
      new Addressing(AddressingVersion.CORE, null, null, null, null, null, null);

  /** Whether an answer, or a fault, is not awaited on the connection. */
  boolean isDecoupled() {
    return isElsewhere(replyTo) || isElsewhere(faultTo);
  }

  private static boolean isElsewhere(@Nullable EndpointReference reference) {
    return reference != null && reference.isElsewhere();
  }

  /** Where an answer on the connection says that it goes. */
  EndpointReference back(boolean fault) {
    var target = fault && faultTo != null ? faultTo : replyTo;
    return target != null && target.isAnonymous() ? target : EndpointReference.ANONYMOUS;
  }
}
