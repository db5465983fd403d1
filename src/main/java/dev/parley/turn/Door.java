package dev.parley.turn;

import dev.parley.message.Answer;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import java.util.concurrent.CompletableFuture;

/** Where messages come in. */
public interface Door {

  /** A new message id. */
  MessageId nextId();

  /**
   * Takes a message. Completes after the commit that decided it: at once for patterns without an
   * answer, else when the answer has been committed, which may be much later. Never completes
   * exceptionally: a refusal is an {@link Answer}.
   */
  CompletableFuture<Answer> submit(Message message);

  /**
   * The caller of an exchange waits no longer: its answer, when it comes, is recorded as
   * undeliverable, and a message still queued is removed unless its sender need not be answered.
   * Completes after the commit, as {@link #submit} does: what was submitted before is decided then.
   */
  CompletableFuture<Answer> abandon(MessageId exchange);
}
