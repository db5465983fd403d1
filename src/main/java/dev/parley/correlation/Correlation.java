package dev.parley.correlation;

import dev.parley.message.Fault;
import dev.parley.message.InstanceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes of an inbound message: exactly one of these. */
public sealed interface Correlation {

  /** An enabled receive takes it. */
  record Matched(InstanceId instance, int token) implements Correlation {}

  /** It starts an instance at this node. */
  record Instantiates(int node) implements Correlation {}

  /** Nobody takes it yet: it waits; null: until its conversation ends. */
  record Queued(@Nullable Instant expiresAt) implements Correlation {}

  /** Accepted and dropped, as the policy says. */
  record Discarded() implements Correlation {}

  /** The sender is told why not. */
  record Refused(Fault fault) implements Correlation {}
}
