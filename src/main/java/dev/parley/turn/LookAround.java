package dev.parley.turn;

import dev.parley.message.Answer;
import dev.parley.message.MessageId;
import dev.parley.store.Store;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Looks at every message that waits, in small batches between which traffic goes on: after a
 * deployment, whose processes may read other keys in it, and after a start, since one may have been
 * interrupted.
 */
public final class LookAround {
  private static final int MOST = 128;

  private final Store store;
  private final Function<TurnInput, CompletableFuture<Answer>> door;

  /** At what waits in a store, through the door that turns come in by. */
  public LookAround(Store store, Function<TurnInput, CompletableFuture<Answer>> door) {
    this.store = store;
    this.door = door;
  }

  /** Completes when every message was looked at; false where the gateway could not take it. */
  public CompletableFuture<Boolean> begin() {
    // What was decided before it has been committed when this one is.
    return after(new TurnInput.Look(List.of()), new MessageId(0));
  }

  private CompletableFuture<Boolean> after(TurnInput.Look look, MessageId newest) {
    return door.apply(look)
        .thenCompose(
            answer ->
                Alarm.isUnavailable(answer)
                    ? CompletableFuture.completedFuture(false)
                    : from(newest));
  }

  private CompletableFuture<Boolean> from(MessageId after) {
    var messages = store.waitingMessages(after, MOST);
    return messages.isEmpty()
        ? CompletableFuture.completedFuture(true)
        : after(new TurnInput.Look(messages), messages.getLast());
  }
}
