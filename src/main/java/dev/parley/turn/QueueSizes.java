package dev.parley.turn;

import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.QueueRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** How much waits in each queue, by what was committed here and heard of elsewhere. */
final class QueueSizes {
  private final AtomicReference<Map<QueueName, QueueRow>> sizes = new AtomicReference<>(Map.of());

  QueueSizes(Collection<QueueRow> stored) {
    grow(stored);
  }

  /** As they are now; a queue that is not there is empty. */
  Map<QueueName, QueueRow> all() {
    return sizes.get();
  }

  /** They grew by so much. */
  void grow(Collection<QueueRow> more) {
    if (!more.isEmpty()) {
      sizes.updateAndGet(before -> grown(before, more));
    }
  }

  private static Map<QueueName, QueueRow> grown(
      Map<QueueName, QueueRow> before, Collection<QueueRow> more) {
    var grown = new HashMap<>(before);
    for (var queue : more) {
      grown.merge(queue.name(), queue, (old, by) -> old.plus(by.messages(), by.bytes()));
    }
    return Map.copyOf(grown);
  }
}
