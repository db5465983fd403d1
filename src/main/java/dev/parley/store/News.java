package dev.parley.store;

import dev.parley.message.MessageId;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.QueueRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What another gateway committed, as far as the others act on it.
 *
 * @param number of the commit; those of all gateways are numbered one after another
 * @param at the newest of the turns in it, by its gateway's clock; long ago where there is none
 * @param answered exchanges that have ended with an answer: whoever waits for it elsewhere is told
 * @param queues by how much queues grew
 * @param deployed whether there is another deployment
 */
public record News(
    long number, Instant at, List<MessageId> answered, List<QueueRow> queues, boolean deployed) {
  public News {
    answered = List.copyOf(answered);
    queues = List.copyOf(queues);
  }

  /** Of a batch, at the time of its newest turn. */
  static News of(long number, Batch batch) {
    var at =
        batch.history().stream()
            .map(HistoryRow::at)
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    return of(number, at, batch);
  }

  /** Of nothing but that gateways have come or ended, or that rows are gone. */
  static News ofNothing(long number) {
    return new News(number, Instant.EPOCH, List.of(), List.of(), false);
  }

  /** Of a batch. */
  public static News of(long number, Instant at, Batch batch) {
    // Also where nobody waits at the gateway that the row names: who joined a wait before may.
    var answered =
        batch.changedMessages().stream()
            .filter(row -> row.answer() != null)
            .map(MessageRow::id)
            .toList();
    return new News(number, at, answered, batch.queues(), !batch.deployments().isEmpty());
  }
}
