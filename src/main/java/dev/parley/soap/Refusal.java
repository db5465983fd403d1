package dev.parley.soap;

import org.jspecify.annotations.Nullable;

/** A message is answered with a fault; the reason is the sender's, so there is no stack trace. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient WireFault fault;

  Refusal(WireFault fault) {
    super(fault.reason(), null, false, false);
    this.fault = fault;
  }

  WireFault fault() {
    return fault;
  }

  /** The refusal behind what an interceptor chain made of it. */
  static @Nullable Refusal in(@Nullable Throwable problem) {
    for (Throwable t = problem; t != null; t = t.getCause()) {
      if (t instanceof Refusal refusal) {
        return refusal;
      }
    }
    return null;
  }
}
