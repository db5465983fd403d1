package dev.parley.store;

import static dev.parley.store.Samples.CANCEL;
import static dev.parley.store.Samples.NOON;
import static dev.parley.store.Samples.ORDER_7;
import static dev.parley.store.Samples.ORDER_8;
import static dev.parley.store.Samples.blob;
import static dev.parley.store.Samples.ended;
import static dev.parley.store.Samples.id;
import static dev.parley.store.Samples.instance;
import static dev.parley.store.Samples.live;
import static dev.parley.store.Samples.pending;
import static dev.parley.store.Samples.tried;
import static dev.parley.store.Samples.turn;
import static dev.parley.store.Samples.waiting;
import static dev.parley.store.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Leftovers.Ended;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.Direction;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.store.Rows.KeyRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What every store promises of what nothing can need again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
abstract class LeftoversConformance {
  private static final MessageId FIRST = new MessageId(0);
  private static final MessageId LAST = new MessageId(Long.MAX_VALUE);
  private static final Answer REPLY = new Answer.Reply(Body.of("<reply/>"));

  private Store store;

  abstract Store open() throws Exception;

  @BeforeEach
  void opens() throws Exception {
    store = open();
  }

  @AfterEach
  void closes() {
    store.close();
  }

  @Test
  void an_answer_is_forgotten_and_its_message_stays_and_says_that_it_was_answered() {
    store.commit(
        new BatchOf()
            .newMessages(
                answered(1, ExchangeState.ANSWERED, NOON),
                answered(2, ExchangeState.ABANDONED, NOON.plusMillis(1)),
                answered(3, ExchangeState.NONE, NOON))
            .batch());

    assertThat(store.leftovers().forgetAnswers(NOON.plusMillis(1), 9)).isEqualTo(2);

    assertThat(store.messages(List.of(id(1), id(2), id(3))))
        .isEqualTo(
            Map.of(
                id(1),
                message(1, MessageState.CONSUMED, ExchangeState.ANSWERED, null, null),
                id(2),
                answered(2, ExchangeState.ABANDONED, NOON.plusMillis(1)),
                id(3),
                message(3, MessageState.CONSUMED, ExchangeState.NONE, null, null)));
    assertThat(store.leftovers().forgetAnswers(NOON.plusMillis(2), 9)).isEqualTo(1);
    assertThat(store.messages(List.of(id(2))).values())
        .containsExactly(message(2, MessageState.CONSUMED, ExchangeState.ANSWERED, null, null));
  }

  @Test
  void answers_are_forgotten_oldest_first_and_no_more_at_once_than_were_asked_for() {
    store.commit(
        new BatchOf()
            .newMessages(
                answered(1, ExchangeState.ANSWERED, NOON),
                answered(2, ExchangeState.ANSWERED, NOON.minusSeconds(1)))
            .batch());

    assertThat(store.leftovers().forgetAnswers(NOON.plusSeconds(1), 1)).isEqualTo(1);

    assertThat(store.messages(List.of(id(1), id(2))).get(id(1)))
        .isEqualTo(answered(1, ExchangeState.ANSWERED, NOON));
  }

  @Test
  void a_message_that_waits_keeps_whatever_it_has() {
    store.commit(new BatchOf().newMessages(waiting(1, NOON)).batch());

    assertThat(store.leftovers().forgetAnswers(NOON.plusSeconds(1), 9)).isZero();
    assertThat(store.leftovers().deleteUntaken(FIRST, LAST, 9)).isEmpty();

    assertThat(store.messages(List.of(id(1))).values()).containsExactly(waiting(1, NOON));
  }

  @Test
  void too_many_answers_are_said_to_be_kept_from_a_later_time_on() {
    store.commit(
        new BatchOf()
            .newMessages(
                answered(1, ExchangeState.ANSWERED, NOON),
                answered(2, ExchangeState.ANSWERED, NOON.plusSeconds(1)),
                answered(3, ExchangeState.ANSWERED, NOON.plusSeconds(2)))
            .batch());

    assertThat(store.leftovers().answersWithin(3, 1000)).isEmpty();
    assertThat(store.leftovers().answersWithin(2, 1000)).contains(NOON.plusMillis(1));
    assertThat(store.leftovers().answersWithin(1, 1000))
        .contains(NOON.plusSeconds(1).plusMillis(1));
  }

  @Test
  void messages_that_nobody_took_are_deleted_piece_by_piece_but_not_what_was_buried() {
    store.commit(
        new BatchOf()
            .newMessages(
                message(1, MessageState.DISCARDED, ExchangeState.NONE, null, null),
                message(2, MessageState.CONSUMED, ExchangeState.NONE, null, null),
                message(3, MessageState.COLLECTED, ExchangeState.NONE, null, null),
                message(4, MessageState.REFUSED, ExchangeState.NONE, null, null),
                message(5, MessageState.COLLECTED, ExchangeState.NONE, null, null))
            .newDeadLetters(deadLetter(3, Direction.INBOUND))
            .batch());

    assertThat(store.leftovers().deleteUntaken(FIRST, id(5), 2)).contains(id(3));
    assertThat(store.leftovers().deleteUntaken(id(3), id(5), 2)).contains(id(4));
    assertThat(store.leftovers().deleteUntaken(id(4), id(5), 2)).isEmpty();

    assertThat(store.messages(List.of(id(1), id(2), id(3), id(4), id(5))).keySet())
        .containsExactlyInAnyOrder(id(2), id(3), id(5));
  }

  @Test
  void instances_have_ended_that_had_their_last_turn_before() {
    store.commit(
        new BatchOf()
            .newInstances(
                last(live(1, 1, "a"), 10),
                last(ended(live(2, 1, "b"), InstanceStatus.COMPLETED), 20),
                last(ended(live(3, 1, "c"), InstanceStatus.FAULTED), 30),
                last(ended(live(4, 1, "d"), InstanceStatus.TERMINATED), 40))
            .history(turn(10, 1, 0), turn(20, 2, 0), turn(30, 3, 0), turn(40, 4, 0))
            .batch());

    assertThat(store.leftovers().ended(NOON.plusSeconds(40), new InstanceId(0), 9))
        .containsExactly(instance(2), instance(3));
    assertThat(store.leftovers().ended(NOON.plusSeconds(41), instance(2), 1))
        .containsExactly(instance(3));
  }

  @Test
  void an_instance_goes_with_everything_that_belongs_to_it_and_nothing_else() {
    var gone = with(ended(live(1, 1, "a"), InstanceStatus.COMPLETED), Map.of(1L, blob("x")));
    store.commit(
        new BatchOf()
            .newInstances(last(gone, 10), last(live(2, 1, "b"), 11))
            .history(turn(10, 1, 0), turn(11, 2, 0))
            .keys(new KeyRow(ORDER_7, instance(1)), new KeyRow(ORDER_8, instance(2)))
            .incidents(incident(5, 1), incident(6, 2))
            .newMessages(
                message(20, MessageState.CONSUMED, ExchangeState.NONE, null, null),
                message(21, MessageState.CONSUMED, ExchangeState.NONE, null, null))
            .batch());

    store.leftovers().delete(List.of(new Ended(instance(1), List.of(10L), List.of(id(20)))));

    assertThat(store.instances(List.of(instance(1), instance(2))).keySet())
        .containsExactly(instance(2));
    assertThat(store.history(instance(2))).hasSize(1);
    assertThat(store.keys(List.of(ORDER_7, ORDER_8)))
        .containsExactly(new KeyRow(ORDER_8, instance(2)));
    assertThat(store.incidents(9)).containsExactly(incident(6, 2));
    assertThat(store.messages(List.of(id(20), id(21))).keySet()).containsExactly(id(21));
    assertThat(store.counts()).containsEntry("turns", 1L);
    store.commit(new BatchOf().newInstances(live(1, 1, "again")).batch());
    assertThat(store.instances(List.of(instance(1))).values()).containsExactly(live(1, 1, "again"));
  }

  @Test
  void an_instance_that_runs_stays_with_what_it_was_said_to_have_had() {
    store.commit(
        new BatchOf()
            .newInstances(last(live(1, 1, "a"), 10))
            .history(turn(10, 1, 0))
            .newMessages(message(20, MessageState.CONSUMED, ExchangeState.NONE, null, null))
            .batch());

    store.leftovers().delete(List.of(new Ended(instance(1), List.of(10L), List.of(id(20)))));

    assertThat(store.instances(List.of(instance(1)))).hasSize(1);
    assertThat(store.history(instance(1))).hasSize(1);
    assertThat(store.messages(List.of(id(20)))).hasSize(1);
  }

  @Test
  void a_key_that_another_instance_holds_by_now_stays_held() {
    store.commit(
        new BatchOf()
            .newInstances(ended(live(1, 1, "a"), InstanceStatus.COMPLETED), live(2, 1, "b"))
            .keys(new KeyRow(ORDER_7, instance(1)))
            .batch());
    store.commit(new BatchOf().keys(new KeyRow(ORDER_7, instance(2))).batch());

    store.leftovers().delete(List.of(new Ended(instance(1), List.of(), List.of())));

    assertThat(store.keys(List.of(ORDER_7))).containsExactly(new KeyRow(ORDER_7, instance(2)));
  }

  @Test
  void outbound_messages_go_when_they_are_settled_and_their_instance_is_gone() {
    store.commit(
        new BatchOf()
            .newInstances(live(1, 1, "a"))
            .newOutbox(
                of(1, OutboxState.DELIVERED, 1),
                of(2, OutboxState.DELIVERED, 7),
                of(3, OutboxState.PENDING, 7),
                of(4, OutboxState.FAILED, 7),
                of(5, OutboxState.FAILED, 0),
                of(6, OutboxState.CANCELLED, 7))
            .newDeadLetters(deadLetter(4, Direction.OUTBOUND))
            .batch());

    assertThat(store.leftovers().deleteSettled(FIRST, id(6), 3)).contains(id(4));
    assertThat(store.leftovers().deleteSettled(id(4), id(6), 3)).contains(id(5));
    assertThat(store.leftovers().deleteSettled(id(5), id(6), 3)).isEmpty();

    var all = List.of(id(1), id(2), id(3), id(4), id(5), id(6));
    assertThat(store.outbox(all).keySet()).containsExactlyInAnyOrder(id(1), id(3), id(4), id(6));
  }

  private static Rows.OutboxRow of(long id, OutboxState state, long instance) {
    var row = tried(pending(id, NOON), state, NOON, "");
    return new Rows.OutboxRow(
        row.message(),
        instance(instance),
        row.token(),
        row.endpoint(),
        row.policy(),
        row.state(),
        row.attempts(),
        row.nextAttempt(),
        row.lastError());
  }

  private static MessageRow answered(long id, ExchangeState exchange, Instant at) {
    return message(id, MessageState.CONSUMED, exchange, REPLY, at);
  }

  private static MessageRow message(
      long id,
      MessageState state,
      ExchangeState exchange,
      @Nullable Answer answer,
      @Nullable Instant at) {
    return new MessageRow(Samples.message(id, CANCEL), state, exchange, null, 1, answer, at);
  }

  private static InstanceRow last(InstanceRow row, long turn) {
    return new InstanceRow(
        row.id(), row.definition(), row.version(), row.status(), row.state(), row.items(), turn);
  }

  private static IncidentRow incident(long id, long instance) {
    return new IncidentRow(id, instance(instance), "n", "Fault", "It broke.", NOON, true);
  }

  private static DeadLetterRow deadLetter(long message, Direction direction) {
    return new DeadLetterRow(
        id(message), direction, "fulfilment", CANCEL, "Expired", "Nobody took it.", NOON);
  }
}
