package dev.parley.turn;

import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.QueueRow;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** How much waits in each queue, by what was committed here and heard of elsewhere. */
final class QueueSizes {
  private final AtomicReference<State> state;

  /**
   * What is known at one moment.
   *
   * @param newest number of the newest batch of this gateway that is committed
   */
  private record State(Map<QueueName, QueueRow> sizes, long newest) {
    State grown(Collection<QueueRow> more, long by) {
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
    state = new AtomicReference<>(new State(Map.of(), 0).grown(stored, 0));
  }

  /** As they are now; a queue that is not there is empty. */
  Map<QueueName, QueueRow> all() {
    return state.get().sizes();
  }

  /** Without what a batch of this number, which is being committed, adds, if it has been by now. */
  Map<QueueName, QueueRow> before(long number, Collection<QueueRow> added) {
    var now = state.get();
    if (now.newest() != number) {
      return now.sizes();
    }
    var less = added.stream().map(q -> new QueueRow(q.name(), -q.messages(), -q.bytes())).toList();
    return now.grown(less, number).sizes();
  }

  /** A batch of this gateway is committed. */
  void grow(long number, Collection<QueueRow> added) {
    state.updateAndGet(before -> before.grown(added, number));
  }

  /** They grew by so much elsewhere. */
  void grow(Collection<QueueRow> elsewhere) {
    state.updateAndGet(before -> before.grown(elsewhere, before.newest()));
  }
}
