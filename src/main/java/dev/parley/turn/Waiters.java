package dev.parley.turn;

import dev.parley.message.Answer;
import dev.parley.message.MessageId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Who waits for the answer of which exchange, in this process. Duplicates wait together, but each
 * leaves alone.
 */
final class Waiters {
  private final Map<MessageId, Map<MessageId, CompletableFuture<Answer>>> waiting = new HashMap<>();
  private final Map<MessageId, MessageId> exchanges = new HashMap<>();

  /** Sent is the message that this caller has sent: the exchange's first one, or a duplicate. */
  synchronized void add(MessageId exchange, MessageId sent, CompletableFuture<Answer> waiter) {
    waiting.computeIfAbsent(exchange, _ -> new LinkedHashMap<>(2)).put(sent, waiter);
    exchanges.put(sent, exchange);
  }

  void release(MessageId exchange, Answer answer) {
    remove(exchange).forEach(w -> w.complete(answer));
  }

  private synchronized Collection<CompletableFuture<Answer>> remove(MessageId exchange) {
    var waiters = waiting.remove(exchange);
    if (waiters == null) {
      return List.of();
    }
    exchanges.keySet().removeAll(waiters.keySet());
    return waiters.values();
  }

  /** Who sent this message waits no longer; others may. */
  synchronized void leave(MessageId sent) {
    var exchange = exchanges.remove(sent);
    var waiters = exchange == null ? null : waiting.get(exchange);
    if (waiters != null) {
      waiters.remove(sent);
      if (waiters.isEmpty()) {
        waiting.remove(exchange);
      }
    }
  }

  /** Everybody is told the same: the gateway stops. */
  synchronized void releaseAll(Answer answer) {
    waiting.values().forEach(waiters -> waiters.values().forEach(w -> w.complete(answer)));
    waiting.clear();
    exchanges.clear();
  }
}
