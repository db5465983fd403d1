package dev.parley.delivery;

import dev.parley.message.MessageId;
import java.time.Instant;

/**
 * Remembers when to try again. The outbox row is the truth: a ticket that is lost or doubled does
 * no harm.
 */
public interface Redelivery {
  /** Hand this message to {@link OutboxRelay#redeliver} at that time. */
  void schedule(MessageId message, Instant at);
}
