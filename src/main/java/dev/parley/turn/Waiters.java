package dev.parley.turn;

import dev.parley.message.Answer;
import dev.parley.message.MessageId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for the answer of which exchange, in this process. Duplicates wait together, each under
 * the number of its own message, so that one may give up and the others go on waiting.
 */
final class Waiters {
  private final Map<MessageId, Map<MessageId, CompletableFuture<Answer>>> waiting = new HashMap<>();
  private final Map<MessageId, MessageId> exchanges = new HashMap<>();
  private @Nullable Answer closed;

  /** Once this is closed, the waiter is told so at once. */
  void add(MessageId exchange, MessageId message, CompletableFuture<Answer> waiter) {
    var told = join(exchange, message, waiter);
    if (told != null) {
      waiter.complete(told);
    }
  }

  private synchronized @Nullable Answer join(
      MessageId exchange, MessageId message, CompletableFuture<Answer> waiter) {
    if (closed == null) {
      waiting.computeIfAbsent(exchange, _ -> new LinkedHashMap<>(2)).put(message, waiter);
      exchanges.put(message, exchange);
    }
    return closed;
  }

  void release(MessageId exchange, Answer answer) {
    remove(exchange).forEach(w -> w.complete(answer));
  }

  private synchronized Collection<CompletableFuture<Answer>> remove(MessageId exchange) {
    var waiters = waiting.remove(exchange);
    if (waiters == null) {
      return List.of();
    }
    waiters.keySet().forEach(exchanges::remove);
    return waiters.values();
  }

  /** The exchange that a message's sender waits for: its own, or that of the message it repeats. */
  synchronized MessageId exchangeOf(MessageId message) {
    return exchanges.getOrDefault(message, message);
  }

  /** Whether anybody here waits for its answer. */
  synchronized boolean isAwaited(MessageId exchange) {
    return waiting.containsKey(exchange);
  }

  /** Whether somebody else waits for the same answer. */
  synchronized boolean hasCompany(MessageId message) {
    var waiters = waiting.getOrDefault(exchangeOf(message), Map.of());
    return waiters.keySet().stream().anyMatch(m -> !m.equals(message));
  }

  /** The sender of this message waits no longer. */
  synchronized void leave(MessageId message) {
    var exchange = exchanges.remove(message);
    var waiters = exchange == null ? null : waiting.get(exchange);
    if (exchange != null && waiters != null) {
      waiters.remove(message);
      if (waiters.isEmpty()) {
        waiting.remove(exchange);
      }
    }
  }

  /** Everybody is told the same, also whoever comes later: the gateway stops. */
  void close(Answer answer) {
    List<CompletableFuture<Answer>> all;
    synchronized (this) {
      closed = answer;
      all = waiting.values().stream().flatMap(w -> w.values().stream()).toList();
      waiting.clear();
      exchanges.clear();
    }
    all.forEach(w -> w.complete(answer));
  }
}
