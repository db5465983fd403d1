package dev.parley.turn;

import dev.parley.store.Batch;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.QueueRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How much waits in each queue, by what was committed here and heard of elsewhere. */
final class QueueSizes {
  private final AtomicReference<State> state;

  /**
   * What is known at one moment.
   *
   * @param newest batch of this gateway; null: none yet
   */
  private record State(Map<QueueName, QueueRow> sizes, @Nullable Batch newest) {
    State grown(Collection<QueueRow> more, @Nullable Batch by) {
      if (more.isEmpty()) {
        return new State(sizes, by);
      }
      var grown = new HashMap<>(sizes);
      for (var queue : more) {
        grown.merge(queue.name(), queue, (old, b) -> old.plus(b.messages(), b.bytes()));
      }
      return new State(Map.copyOf(grown), by);
    }
  }

  QueueSizes(Collection<QueueRow> stored) {
    state = new AtomicReference<>(new State(Map.of(), null).grown(stored, null));
  }

  /** As they are now; a queue that is not there is empty. */
  Map<QueueName, QueueRow> all() {
    return state.get().sizes();
  }

  /** Without a batch that is being committed, whether or not it has been by now. */
  Map<QueueName, QueueRow> before(@Nullable Batch inFlight) {
    var now = state.get();
    if (inFlight == null || now.newest() != inFlight) {
      return now.sizes();
    }
    var less =
        inFlight.queues().stream()
            .map(q -> new QueueRow(q.name(), 0, 0).plus(-q.messages(), -q.bytes()));
    return now.grown(less.toList(), null).sizes();
  }

  /** A batch of this gateway is committed. */
  void grow(Batch committed) {
    state.updateAndGet(before -> before.grown(committed.queues(), committed));
  }

  /** They grew by so much elsewhere. */
  void grow(Collection<QueueRow> elsewhere) {
    state.updateAndGet(before -> before.grown(elsewhere, before.newest()));
  }
}
