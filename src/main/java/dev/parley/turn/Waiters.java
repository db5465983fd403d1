package dev.parley.turn;

import dev.parley.message.Answer;
import dev.parley.message.MessageId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Who waits for the answer of which exchange, in this process; duplicates wait together. */
final class Waiters {
  private final Map<MessageId, List<CompletableFuture<Answer>>> waiting = new HashMap<>();

  synchronized void add(MessageId exchange, CompletableFuture<Answer> waiter) {
    waiting.computeIfAbsent(exchange, _ -> new ArrayList<>(1)).add(waiter);
  }

  void release(MessageId exchange, Answer answer) {
    remove(exchange).forEach(w -> w.complete(answer));
  }

  /** Nobody waits for this exchange any more. */
  synchronized List<CompletableFuture<Answer>> remove(MessageId exchange) {
    var waiters = waiting.remove(exchange);
    return waiters == null ? List.of() : waiters;
  }

  /** Everybody is told the same: the gateway stops. */
  synchronized void releaseAll(Answer answer) {
    waiting.values().forEach(waiters -> waiters.forEach(w -> w.complete(answer)));
    waiting.clear();
  }
}
