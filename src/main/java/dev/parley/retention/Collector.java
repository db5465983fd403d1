package dev.parley.retention;

import dev.parley.engine.Turn.RecordedInput;
import dev.parley.engine.TurnCodec;
import dev.parley.message.Id;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Leftovers;
import dev.parley.store.Leftovers.Ended;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Store;
import dev.parley.store.StoreException;
import dev.parley.turn.Share;
import dev.parley.turn.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes again and again what nothing can need any more, in pieces so small that no turn waits for
 * long. An instance goes with everything that belongs to it, and with the trace that it ended: a
 * message for it was late before, and is unknown from then on.
 */
public final class Collector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
  private static final Duration TICK = Duration.ofMinutes(1);
  private static final int PIECE = 200;
  private static final MessageId FIRST_MESSAGE = new MessageId(0);
  private static final InstanceId FIRST_INSTANCE = new InstanceId(0);

  /** An identity may be remembered so much longer than it need be; its message stays as long. */
  private static final Duration IDENTITY_SLACK = Duration.ofDays(3);

  private final Store store;
  private final Leftovers leftovers;
  private final Retention retention;
  private final Time time;
  private Time.Beat beat = () -> {};
  private volatile boolean closed;

  public Collector(Store store, Retention retention, Time time) {
    this.store = store;
    this.leftovers = store.leftovers();
    this.retention = retention;
    this.time = time;
  }

  public void start() {
    beat = time.every("parley-retention", TICK, this::collect);
  }

  private void collect() {
    try {
      // One gateway does it for all.
      if (Share.of(store).isFirst()) {
        collect(time.instant());
      }
    } catch (StoreException e) {
      if (!closed) {
        LOG.warn("What is past cannot be removed from the store now: {}", e.getMessage());
      }
    }
  }

  /** Removes everything that can go by now. */
  void collect(Instant now) {
    leftovers.forgetIdentities(
        firstMessage(now.minus(retention.duplicateWindow())), retention.maxIdentities());
    forgetAnswers(now);
    deleteInstances(now.minus(retention.keepFinished()));
    var untakenBefore = now.minus(retention.duplicateWindow()).minus(IDENTITY_SLACK);
    walk(after -> leftovers.deleteUntaken(after, firstMessage(untakenBefore), PIECE));
    var settledBefore = firstMessage(now.minus(retention.keepFinished()));
    walk(after -> leftovers.deleteSettled(after, settledBefore, PIECE));
  }

  private static MessageId firstMessage(Instant instant) {
    return new MessageId(Id.first(instant));
  }

  private void forgetAnswers(Instant now) {
    var old = now.minus(retention.keepReplies());
    var before =
        leftovers
            .answersWithin(retention.maxReplies(), retention.maxReplyBytes())
            .filter(old::isBefore)
            .orElse(old);
    int forgotten;
    do {
      forgotten = leftovers.forgetAnswers(before, PIECE);
    } while (forgotten == PIECE && !closed);
  }

  /** A piece of a table: the last message looked at; empty at its end. */
  @FunctionalInterface
  private interface Piece {
    Optional<MessageId> after(MessageId last);
  }

  private void walk(Piece piece) {
    var last = Optional.of(FIRST_MESSAGE);
    while (last.isPresent() && !closed) {
      last = piece.after(last.get());
    }
  }

  private void deleteInstances(Instant before) {
    var after = FIRST_INSTANCE;
    var ids = leftovers.ended(before, after, PIECE);
    while (!ids.isEmpty() && !closed) {
      deleteAll(ids);
      after = ids.getLast();
      ids = leftovers.ended(before, after, PIECE);
    }
  }

  private void deleteAll(List<InstanceId> ids) {
    var piece = new ArrayList<Ended>();
    int rows = 0;
    for (var id : ids) {
      var ended = ended(id, store.history(id));
      piece.add(ended);
      rows += 1 + ended.turns().size() + ended.messages().size();
      if (rows >= PIECE) {
        leftovers.delete(piece);
        piece.clear();
        rows = 0;
      }
    }
    leftovers.delete(piece);
  }

  private static Ended ended(InstanceId id, List<HistoryRow> history) {
    return new Ended(
        id,
        history.stream().map(HistoryRow::id).toList(),
        history.stream().flatMap(Collector::taken).toList());
  }

  /** The message that a turn began with. */
  private static Stream<MessageId> taken(HistoryRow row) {
    return switch (TurnCodec.decode(row.turn()).input()) {
      case RecordedInput.Started(int _, var message) -> Stream.of(message);
      case RecordedInput.Received(int _, var message) -> Stream.of(message);
      case RecordedInput.Other _ -> Stream.empty();
    };
  }

  @Override
  public void close() {
    closed = true;
    beat.close();
  }
}
