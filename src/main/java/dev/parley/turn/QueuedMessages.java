package dev.parley.turn;

import dev.parley.expression.EvaluationException;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Overview.QueueCount;
import dev.parley.store.Overview.QueueFilter;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Store;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Messages that wait, and why, for operators; on platform threads only. */
public final class QueuedMessages {
  private static final Explanation.Reason NO_DEFINITION =
      new Explanation.Reason("no-definition", "no version of its process is deployed");

  private final Store store;
  private final Explaining explaining;

  public QueuedMessages(Store store, Explaining explaining) {
    this.store = store;
    this.explaining = explaining;
  }

  /**
   * One of them.
   *
   * @param keys that it carries, as text
   * @param instances that hold one of its keys, or were the last ones to
   */
  public record Queued(
      MessageRow row, List<String> keys, Explanation.Reason why, List<InstanceId> instances) {
    public Queued {
      keys = List.copyOf(keys);
      instances = List.copyOf(instances);
    }
  }

  /** So many at most, by id, after one of them. */
  public List<Queued> list(QueueFilter filter, MessageId after, int limit) {
    return store.queued(filter, after, limit).stream().flatMap(id -> find(id).stream()).toList();
  }

  /** Empty where it waits no longer. */
  public Optional<Queued> find(MessageId id) {
    return Optional.ofNullable(store.messages(List.of(id)).get(id))
        .filter(row -> row.state() == MessageState.WAITING)
        .map(this::queued);
  }

  private Queued queued(MessageRow row) {
    try {
      return explaining
          .judge(row.message(), Optional.of(row))
          .map(judgement -> queued(row, judgement))
          .orElseGet(() -> new Queued(row, List.of(), NO_DEFINITION, List.of()));
    } catch (EvaluationException e) {
      var failure = new Explanation.Reason("no-key", String.valueOf(e.getMessage()));
      return new Queued(row, List.of(), failure, List.of());
    }
  }

  private static Queued queued(MessageRow row, Explanation.Judgement judgement) {
    var instances =
        Stream.concat(
                judgement.enabled().stream().map(Explanation.Receive::instance),
                judgement.candidates().stream().map(Explanation.Candidate::instance))
            .distinct()
            .toList();
    return new Queued(row, judgement.keys(), judgement.reason(), instances);
  }

  /** How many of each operation wait, by process and operation. */
  public List<QueueCount> counts() {
    return store.queueCounts().stream()
        .sorted(
            Comparator.comparing(QueueCount::process)
                .thenComparing(count -> count.operation().toString()))
        .toList();
  }
}
