package dev.parley.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.store.Batch;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.Direction;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A planted defect is found: what would not find it proves nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OracleTest {
  private static final int WITHIN_SEEDS = 40;

  /** What goes wrong after the commit that should have been. */
  enum Planted {
    A_SUBSCRIPTION_THAT_STAYS(
        (tables, batch) -> tables.subscriptions.addAll(batch.goneSubscriptions())),
    A_SUBSCRIPTION_THAT_IS_LOST(
        (tables, batch) -> batch.newSubscriptions().forEach(tables.subscriptions::remove)),
    A_TIMER_THAT_IS_LOST((tables, batch) -> batch.newTimers().forEach(tables.timers::remove)),
    AN_ACCEPTED_MESSAGE_THAT_IS_LOST(
        (tables, batch) ->
            waiting(batch)
                .forEach(
                    m -> {
                      tables.messages.remove(m.id());
                      tables.waiting.removeIf(w -> w.message().equals(m.id()));
                    })),
    AN_IDENTITY_THAT_IS_FORGOTTEN(
        (tables, batch) -> batch.identities().forEach(i -> tables.identities.remove(i.identity()))),
    A_MESSAGE_THAT_IS_CONSUMED_AND_STILL_WAITS(
        (tables, batch) -> tables.waiting.addAll(batch.goneWaiting())),
    A_KEY_THAT_MOVES(
        (tables, batch) ->
            batch.keys().forEach(k -> tables.keys.put(k.key(), tables.instances.firstKey()))),
    ANOTHER_CONSUMER(
        (tables, batch) ->
            batch.newMessages().stream()
                .filter(m -> m.state() == MessageState.CONSUMED)
                .forEach(
                    m ->
                        tables.messages.put(
                            m.id(), changed(m, MessageState.CONSUMED, m.answer(), tables)))),
    ANOTHER_ANSWER_THE_SECOND_TIME(
        (tables, batch) ->
            batch.changedMessages().stream()
                .filter(m -> m.answer() instanceof Answer.Reply)
                .forEach(
                    m ->
                        tables.messages.computeIfPresent(
                            m.id(),
                            (_, row) ->
                                new MessageRow(
                                    row.message(),
                                    row.state(),
                                    row.exchange(),
                                    row.instance(),
                                    row.boot(),
                                    new Answer.Reply(Body.of("<another/>")),
                                    null)))),
    A_TURN_THAT_IS_TAKEN_TWICE(
        (tables, batch) ->
            batch.history().stream()
                .filter(h -> h.previous() != 0)
                .forEach(h -> doubled(tables, h))),
    HISTORY_THAT_IS_LOST(
        (tables, batch) ->
            batch.history().stream()
                .filter(h -> h.previous() != 0)
                .forEach(h -> tables.history.remove(h.previous()))),
    A_DATA_ITEM_THAT_IS_LOST(
        (tables, batch) ->
            batch
                .changedInstances()
                .forEach(
                    i ->
                        tables.instances.computeIfPresent(
                            i.id(),
                            (_, row) ->
                                new InstanceRow(
                                    row.id(),
                                    row.definition(),
                                    row.version(),
                                    row.status(),
                                    row.state(),
                                    Map.of(),
                                    row.history())))),
    AN_INCIDENT_THAT_NOBODY_SEES(
        (tables, batch) -> batch.incidents().forEach(i -> tables.incidents.remove(i.id()))),
    A_DEAD_LETTER_THAT_IS_LOST(
        (tables, batch) ->
            batch.newDeadLetters().forEach(d -> tables.deadLetters.remove(d.message()))),
    A_DEAD_LETTER_OF_A_MESSAGE_THAT_WAS_TAKEN(
        (tables, batch) ->
            batch.changedMessages().stream()
                .filter(m -> m.state() == MessageState.CONSUMED)
                .forEach(m -> tables.deadLetters.put(m.id(), letter(m)))),
    A_REASON_THAT_IS_NO_REASON(
        (tables, batch) ->
            batch.newDeadLetters().forEach(d -> tables.deadLetters.put(d.message(), other(d)))),
    A_MESSAGE_THAT_IS_DROPPED_WITHOUT_A_POLICY(
        (tables, batch) ->
            waiting(batch)
                .forEach(
                    m -> {
                      tables.messages.put(
                          m.id(),
                          new MessageRow(
                              m.message(),
                              MessageState.DISCARDED,
                              m.exchange(),
                              null,
                              m.boot(),
                              m.answer(),
                              null));
                      tables.waiting.removeIf(w -> w.message().equals(m.id()));
                    })),
    A_MESSAGE_THAT_OUTLIVES_ITS_CONVERSATION(
        (tables, batch) ->
            batch.changedMessages().stream()
                .filter(m -> m.state() == MessageState.COLLECTED)
                .forEach(
                    m -> {
                      tables.deadLetters.remove(m.id());
                      tables.messages.computeIfPresent(
                          m.id(),
                          (_, row) ->
                              new MessageRow(
                                  row.message(),
                                  MessageState.WAITING,
                                  row.exchange(),
                                  null,
                                  row.boot(),
                                  null,
                                  null));
                      batch.goneWaiting().stream()
                          .filter(w -> w.message().equals(m.id()))
                          .forEach(tables.waiting::add);
                    })),
    A_DEPLOYMENT_AFTER_WHICH_NOBODY_LOOKS(
        (tables, batch) ->
            batch.newWaiting().stream()
                .filter(
                    w -> batch.newMessages().stream().noneMatch(m -> m.id().equals(w.message())))
                .forEach(tables.waiting::remove)),
    AN_INSTANCE_THAT_BECOMES_ANOTHER(
        (tables, batch) ->
            batch
                .changedInstances()
                .forEach(
                    i -> tables.instances.computeIfPresent(i.id(), (_, row) -> like(tables, row)))),
    A_DELIVERY_THAT_NEVER_WAS(
        (tables, batch) ->
            batch.newOutbox().stream()
                .filter(o -> o.token() == 0)
                .forEach(
                    o ->
                        tables.outbox.put(
                            o.id(),
                            new OutboxRow(
                                o.message(),
                                o.instance(),
                                0,
                                o.endpoint(),
                                o.policy(),
                                OutboxState.FAILED,
                                1,
                                o.nextAttempt(),
                                ""))));

    // Each one is a function without state.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Damage damage;

    Planted(Damage damage) {
      this.damage = damage;
    }

    private static DeadLetterRow letter(MessageRow row) {
      var message = row.message();
      return new DeadLetterRow(
          row.id(),
          Direction.INBOUND,
          message.process(),
          message.operation(),
          "Expired",
          "planted",
          Agenda.BEGIN);
    }

    private static DeadLetterRow other(DeadLetterRow row) {
      return new DeadLetterRow(
          row.message(),
          row.direction(),
          row.process(),
          row.operation(),
          "Whim",
          row.text(),
          row.at());
    }

    /** In the state of the first instance of its kind. */
    private static InstanceRow like(Tables tables, InstanceRow row) {
      var first =
          tables.instances.values().stream()
              .filter(i -> i.definition() == row.definition())
              .findFirst()
              .orElseThrow();
      return new InstanceRow(
          row.id(),
          row.definition(),
          row.version(),
          row.status(),
          first.state(),
          row.items(),
          row.history());
    }

    private static List<MessageRow> waiting(Batch batch) {
      return batch.newMessages().stream().filter(m -> m.state() == MessageState.WAITING).toList();
    }

    private static MessageRow changed(
        MessageRow row, MessageState state, @Nullable Answer answer, Tables tables) {
      return new MessageRow(
          row.message(),
          state,
          row.exchange(),
          tables.instances.firstKey(),
          row.boot(),
          answer,
          row.expiresAt());
    }

    private static void doubled(Tables tables, HistoryRow turn) {
      var before = Objects.requireNonNull(tables.history.get(turn.previous()));
      long copy = -before.id();
      tables.history.put(
          copy, new HistoryRow(copy, before.instance(), before.id(), before.at(), before.turn()));
      tables.history.put(
          turn.id(), new HistoryRow(turn.id(), turn.instance(), copy, turn.at(), turn.turn()));
    }
  }

  /** Changes what was written. */
  interface Damage {
    void to(Tables tables, Batch batch);
  }

  @ParameterizedTest
  @EnumSource
  void a_planted_defect_is_found(Planted planted) {
    Function<SimulatedStore.Disk, SimulatedStore.Disk> defect =
        disk ->
            (tables, batch) -> {
              disk.write(tables, batch);
              planted.damage.to(tables, batch);
            };

    var found =
        LongStream.rangeClosed(1, WITHIN_SEEDS)
            .mapToObj(seed -> Simulation.run(seed, defect::apply))
            .anyMatch(r -> r.violation() != null);

    assertThat(found).isTrue();
  }
}
