package dev.parley.store;

import static dev.parley.store.Samples.CANCEL;
import static dev.parley.store.Samples.NOON;
import static dev.parley.store.Samples.ORDER;
import static dev.parley.store.Samples.ORDER_7;
import static dev.parley.store.Samples.ORDER_7_CANCEL;
import static dev.parley.store.Samples.ORDER_7_PLACE;
import static dev.parley.store.Samples.ORDER_8;
import static dev.parley.store.Samples.ORDER_8_CANCEL;
import static dev.parley.store.Samples.blob;
import static dev.parley.store.Samples.deployment;
import static dev.parley.store.Samples.ended;
import static dev.parley.store.Samples.id;
import static dev.parley.store.Samples.identity;
import static dev.parley.store.Samples.instance;
import static dev.parley.store.Samples.live;
import static dev.parley.store.Samples.message;
import static dev.parley.store.Samples.pending;
import static dev.parley.store.Samples.tried;
import static dev.parley.store.Samples.turn;
import static dev.parley.store.Samples.waiting;
import static dev.parley.store.Samples.waitingIn;
import static dev.parley.store.Samples.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Answer;
import dev.parley.message.Blob;
import dev.parley.message.Body;
import dev.parley.message.Digest;
import dev.parley.message.EndpointReference;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.message.Id;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.store.Overview.DeadLetterFilter;
import dev.parley.store.Overview.QueueCount;
import dev.parley.store.Overview.QueueFilter;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.Rows.Direction;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.store.Rows.KeyRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.QueueRow;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.TimerRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every store promises. */
@DisplayNameGeneration(ReplaceUnderscores.class)
abstract class StoreConformance {
  private Store store;

  /** Opens the store that this test has opened before, or an empty one. */
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
  void an_empty_store_finds_nothing() {
    assertThat(store.identities(List.of(ORDER_7))).isEmpty();
    assertThat(store.messages(List.of(id(1)))).isEmpty();
    assertThat(store.subscriptions(List.of(ORDER_7_CANCEL))).isEmpty();
    assertThat(store.keys(List.of(ORDER_7))).isEmpty();
    assertThat(store.waiting(List.of(ORDER_7_CANCEL), 9)).isEmpty();
    assertThat(store.waitingUnder(List.of(ORDER_7))).isEmpty();
    assertThat(store.expired(NOON, 9)).isEmpty();
    assertThat(store.instances(List.of(instance(1)))).isEmpty();
    assertThat(store.dueTimers(NOON, 9)).isEmpty();
    assertThat(store.dueOutbox(NOON, 9)).isEmpty();
    assertThat(store.outbox(List.of(id(1)))).isEmpty();
    assertThat(store.history(instance(1))).isEmpty();
    assertThat(store.incidents(9)).isEmpty();
    assertThat(store.deployments()).isEmpty();
    assertThat(store.counts().values()).containsOnly(0L);
  }

  @Test
  void an_empty_batch_is_committed() {
    store.commit(batch().batch());
  }

  @Test
  void identities_are_found_and_unknown_ones_absent() {
    commit(batch().identities(identity("a", 1), identity("b", 1), identity("c", 2)));

    assertThat(store.identities(List.of(digest("a"), digest("c"), digest("x"))))
        .isEqualTo(Map.of(digest("a"), identity("a", 1), digest("c"), identity("c", 2)));
  }

  @Test
  void an_identity_that_is_there_already_loses_the_race_and_leaves_nothing_of_its_batch() {
    commit(batch().identities(identity("a", 1)));

    assertLostRace(batch().identities(identity("b", 2), identity("a", 2)));

    assertThat(store.identities(List.of(digest("a"), digest("b"))))
        .isEqualTo(Map.of(digest("a"), identity("a", 1)));
  }

  @Test
  void identities_of_messages_that_came_before_are_forgotten() {
    var today = NOON.plus(Duration.ofDays(9));
    var old = identity("old", Id.first(NOON));
    var recent = identity("recent", Id.first(today));
    commit(batch().identities(old));
    commit(batch().identities(recent));
    commit(batch().newInstances(live(1, 1, "a")));

    store.leftovers().forgetIdentities(id(Id.first(today)), 99);

    assertThat(store.identities(List.of(old.identity(), recent.identity())))
        .isEqualTo(Map.of(recent.identity(), recent));
    assertThat(store.counts()).containsEntry("identities", 1L);
    var again = identity("old", Id.first(today) + 1);
    commit(batch().identities(again));
    assertThat(store.identities(List.of(old.identity()))).isEqualTo(Map.of(old.identity(), again));
  }

  @Test
  void the_only_identity_is_forgotten_too() {
    commit(batch().identities(identity("a", 1)));

    store.leftovers().forgetIdentities(id(1), 99);
    assertThat(store.identities(List.of(digest("a")))).hasSize(1);

    store.leftovers().forgetIdentities(id(2), 99);
    assertThat(store.identities(List.of(digest("a")))).isEmpty();
    assertThat(store.counts()).containsEntry("identities", 0L);
  }

  static Stream<@Nullable Answer> answers() {
    var detail = Body.of("<detail xmlns='urn:d'>Ä€</detail>");
    return Stream.of(
        null,
        Answer.ACCEPTED,
        new Answer.Reply(Body.of("<reply/>")),
        new Answer.Reply(Body.of("<reply>" + "x".repeat(100_000) + "</reply>")),
        new Answer.Reply(Body.EMPTY),
        new Answer.Faulted(new Fault.Declared(new QName("urn:f", "Full"), detail, "Full.")),
        new Answer.Faulted(new Fault.Undeclared(new QName("urn:f", "a.b", "p"), "", detail)),
        Answer.refused(FaultKind.TOO_LATE, "Too late.", "Begin anew."));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void a_message_comes_back_with_its_answer(@Nullable Answer answer) {
    var row =
        new MessageRow(
            message(1, ORDER),
            MessageState.CONSUMED,
            ExchangeState.ANSWERED,
            instance(5),
            7,
            answer,
            NOON);
    commit(batch().newMessages(row));

    assertThat(store.messages(List.of(id(1), id(2)))).isEqualTo(Map.of(id(1), row));
  }

  static Stream<Headers> headers() {
    return Stream.of(
        Headers.NONE,
        Headers.identified("urn:uuid:1"),
        Headers.simple("key", Map.of()),
        Headers.towards(new EndpointReference("http://p", List.of(Body.of("<a/>"))), List.of()),
        new Headers(
            "",
            "urn:uuid:Ä",
            null,
            EndpointReference.of("http://r"),
            new EndpointReference("http://f", List.of(Body.of("<b/>"), Body.of("<c/>"))),
            null,
            Map.of("k", "v"),
            new Headers.Via("port", true),
            List.of(Body.of("<h/>"))));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void a_message_comes_back_with_its_headers_and_sender(Headers headers) {
    var message =
        new Message(
            id(1), "p", CANCEL, MessageKind.FAULT, Body.of(new byte[70_000]), headers, "alice");
    var row =
        new MessageRow(message, MessageState.WAITING, ExchangeState.NONE, null, 1, null, null);
    commit(batch().newMessages(row));

    assertThat(store.messages(List.of(id(1)))).isEqualTo(Map.of(id(1), row));
  }

  @Test
  void a_message_changes_its_outcome_and_nothing_else() {
    commit(batch().newMessages(waiting(1, NOON), waiting(2, NOON)));
    var consumed =
        new MessageRow(
            message(1, CANCEL),
            MessageState.CONSUMED,
            ExchangeState.ANSWERED,
            instance(9),
            2,
            Answer.ACCEPTED,
            null);

    commit(batch().changedMessages(consumed));

    assertThat(store.messages(List.of(id(1), id(2))))
        .isEqualTo(Map.of(id(1), consumed, id(2), waiting(2, NOON)));
  }

  @Test
  void subscriptions_are_found_by_slot_until_they_are_gone() {
    var cancel = new SubscriptionRow(ORDER_7_CANCEL, instance(1), 4);
    var cancelToo = new SubscriptionRow(ORDER_7_CANCEL, instance(2), 1);
    var place = new SubscriptionRow(ORDER_7_PLACE, instance(1), 5);
    commit(batch().newSubscriptions(cancel, cancelToo, place));

    assertThat(store.subscriptions(List.of(ORDER_7_CANCEL, ORDER_8_CANCEL)))
        .containsExactly(cancel, cancelToo);
    assertThat(store.subscriptions(List.of(new Slot(ORDER_7, CANCEL, MessageKind.FAULT))))
        .isEmpty();

    commit(batch().goneSubscriptions(cancel).newSubscriptions());
    assertThat(store.subscriptions(List.of(ORDER_7_CANCEL, ORDER_7_PLACE)))
        .containsExactly(cancelToo, place);
  }

  @Test
  void subscriptions_of_a_slot_are_looked_at_in_pages() {
    var first = new SubscriptionRow(ORDER_7_CANCEL, instance(1), 4);
    var second = new SubscriptionRow(ORDER_7_CANCEL, instance(1), 9);
    var third = new SubscriptionRow(ORDER_7_CANCEL, instance(2), 1);
    var other = new SubscriptionRow(ORDER_7_PLACE, instance(1), 5);
    commit(batch().newSubscriptions(third, other, second, first));

    assertThat(store.subscriptions(ORDER_7_CANCEL, instance(0), 0, 2))
        .containsExactly(first, second);
    assertThat(store.subscriptions(ORDER_7_CANCEL, instance(1), 4, 9))
        .containsExactly(second, third);
    assertThat(store.subscriptions(ORDER_7_CANCEL, instance(2), 1, 9)).isEmpty();
  }

  @Test
  void a_subscription_may_be_replaced_by_its_like_in_one_batch() {
    var row = new SubscriptionRow(ORDER_7_CANCEL, instance(1), 4);
    commit(batch().newSubscriptions(row));

    commit(batch().goneSubscriptions(row).newSubscriptions(row));

    assertThat(store.subscriptions(List.of(ORDER_7_CANCEL))).containsExactly(row);
  }

  @Test
  void a_key_is_held_by_the_last_who_took_it() {
    commit(batch().keys(new KeyRow(ORDER_7, instance(1)), new KeyRow(ORDER_8, instance(1))));

    commit(batch().keys(new KeyRow(ORDER_7, instance(2))));

    assertThat(store.keys(List.of(ORDER_7, ORDER_8, digest("x"))))
        .containsExactly(new KeyRow(ORDER_7, instance(2)), new KeyRow(ORDER_8, instance(1)));
  }

  @Test
  void messages_wait_oldest_first_and_the_limit_is_for_each_slot() {
    commit(
        batch()
            .newWaiting(
                waitingIn(ORDER_7_CANCEL, 30),
                waitingIn(ORDER_7_CANCEL, 10),
                waitingIn(ORDER_7_CANCEL, 20),
                waitingIn(ORDER_7_PLACE, 15),
                waitingIn(ORDER_8_CANCEL, 40)));

    assertThat(store.waiting(List.of(ORDER_7_CANCEL, ORDER_8_CANCEL), 2))
        .containsExactly(
            waitingIn(ORDER_7_CANCEL, 10),
            waitingIn(ORDER_7_CANCEL, 20),
            waitingIn(ORDER_8_CANCEL, 40));
    assertThat(store.waitingUnder(List.of(ORDER_7)))
        .containsExactly(
            waitingIn(ORDER_7_CANCEL, 10),
            waitingIn(ORDER_7_PLACE, 15),
            waitingIn(ORDER_7_CANCEL, 20),
            waitingIn(ORDER_7_CANCEL, 30));
    assertThat(store.waiting(List.of(slotNobodyKnows()), 9)).isEmpty();
  }

  @Test
  void a_message_is_found_in_all_its_slots_and_all_that_wait_are_listed_oldest_first() {
    commit(
        batch()
            .newWaiting(
                waitingIn(ORDER_7_CANCEL, 2),
                waitingIn(ORDER_8_CANCEL, 2),
                waitingIn(ORDER_7_PLACE, 1),
                waitingIn(ORDER_7_PLACE, 3)));

    assertThat(store.waitingOf(new MessageId(2)))
        .containsExactlyInAnyOrder(waitingIn(ORDER_7_CANCEL, 2), waitingIn(ORDER_8_CANCEL, 2));
    assertThat(store.waitingOf(new MessageId(9))).isEmpty();
    assertThat(store.waitingMessages(new MessageId(0), 2))
        .containsExactly(new MessageId(1), new MessageId(2));
    assertThat(store.waitingMessages(new MessageId(1), 9))
        .containsExactly(new MessageId(2), new MessageId(3));
  }

  @Test
  void a_message_that_was_taken_waits_no_more() {
    commit(batch().newWaiting(waitingIn(ORDER_7_CANCEL, 1), waitingIn(ORDER_7_CANCEL, 2)));

    commit(batch().goneWaiting(waitingIn(ORDER_7_CANCEL, 1)));

    assertThat(store.waiting(List.of(ORDER_7_CANCEL), 9))
        .containsExactly(waitingIn(ORDER_7_CANCEL, 2));
  }

  @Test
  void messages_expire_at_their_instant_longest_over_first_and_the_limit_counts_messages() {
    commit(
        batch()
            .newMessages(
                waiting(1, NOON),
                waiting(2, NOON.minusSeconds(2)),
                waiting(3, NOON.minusSeconds(1)),
                waiting(4, NOON.plusMillis(1)),
                new MessageRow(
                    message(5, CANCEL),
                    MessageState.CONSUMED,
                    ExchangeState.NONE,
                    instance(1),
                    1,
                    null,
                    NOON))
            .newWaiting(
                waitingIn(ORDER_7_CANCEL, 1),
                waitingIn(ORDER_7_CANCEL, 2),
                waitingIn(ORDER_8_CANCEL, 2),
                waitingIn(ORDER_7_CANCEL, 3),
                waitingIn(ORDER_7_CANCEL, 4)));

    assertThat(store.expired(NOON, 2))
        .hasSize(3)
        .startsWith(store.expired(NOON, 1).get(0))
        .endsWith(waitingIn(ORDER_7_CANCEL, 3));
    assertThat(store.expired(NOON, 1))
        .containsExactlyInAnyOrder(waitingIn(ORDER_7_CANCEL, 2), waitingIn(ORDER_8_CANCEL, 2));
    assertThat(store.expired(NOON, 9)).hasSize(4).endsWith(waitingIn(ORDER_7_CANCEL, 1));
  }

  @Test
  void what_waits_is_added_up_by_queue_and_found_oldest_first() {
    var taken =
        new MessageRow(
            message(3, CANCEL),
            MessageState.CONSUMED,
            ExchangeState.NONE,
            instance(1),
            1,
            null,
            null);
    commit(batch().newMessages(waiting(2, NOON), waiting(1, NOON), taken));

    var queue = waiting(1, NOON).queue();
    long bytes = 2L * message(1, CANCEL).body().length();
    assertThat(store.queues()).containsExactly(new QueueRow(queue, 2, bytes));
    assertThat(store.firstWaiting(queue, 1)).containsExactly(message(1, CANCEL).id());
    assertThat(store.firstWaiting(queue, 9)).hasSize(2);
    var other = new QueueName("another", queue.operation(), queue.kind());
    assertThat(store.firstWaiting(other, 9)).isEmpty();
  }

  @Test
  void an_instance_comes_back_with_all_its_items() {
    var row = with(live(1, 1, "state"), Map.of(1L, blob("one"), 2L, blob("two"), 300L, blob("x")));
    commit(batch().newInstances(row, live(2, 1, "other")));

    assertThat(store.instances(List.of(instance(1), instance(3))))
        .isEqualTo(Map.of(instance(1), row));
  }

  @Test
  void only_the_items_that_changed_are_written() {
    commit(batch().newInstances(with(live(1, 1, "a"), Map.of(1L, blob("one"), 2L, blob("two")))));

    commit(batch().changedInstances(with(live(1, 2, "b"), Map.of(2L, blob("2"), 3L, blob("3")))));

    assertThat(store.instances(List.of(instance(1))))
        .isEqualTo(
            Map.of(
                instance(1),
                with(live(1, 2, "b"), Map.of(1L, blob("one"), 2L, blob("2"), 3L, blob("3")))));
  }

  @Test
  void an_item_that_is_gone_is_removed() {
    commit(batch().newInstances(with(live(1, 1, "a"), Map.of(1L, blob("one"), 2L, blob("two")))));

    commit(batch().changedInstances(with(live(1, 2, "b"), Map.of(1L, Blob.EMPTY))));

    assertThat(store.instances(List.of(instance(1))))
        .isEqualTo(Map.of(instance(1), with(live(1, 2, "b"), Map.of(2L, blob("two")))));
  }

  @Test
  void an_instance_may_end_return_and_change_its_definition() {
    var ended = ended(live(1, 1, "a"), InstanceStatus.FAULTED);
    var migrated = new InstanceRow(instance(1), 8, 3, InstanceStatus.LIVE, blob("c"), Map.of(), 5);
    commit(batch().newInstances(live(1, 1, "a")));

    commit(batch().changedInstances(ended));
    assertThat(store.instances(List.of(instance(1)))).isEqualTo(Map.of(instance(1), ended));

    commit(batch().changedInstances(migrated));
    assertThat(store.instances(List.of(instance(1)))).isEqualTo(Map.of(instance(1), migrated));
  }

  @Test
  void a_lost_version_check_leaves_nothing_of_its_batch() {
    commit(batch().newInstances(live(1, 1, "a"), live(2, 1, "a")));

    assertLostRace(
        batch()
            .newMessages(waiting(1, NOON))
            .newTimers(new TimerRow(NOON, instance(1), 1))
            .changedInstances(live(1, 2, "b"), live(2, 3, "b")));

    assertThat(store.messages(List.of(id(1)))).isEmpty();
    assertThat(store.dueTimers(NOON, 9)).isEmpty();
    assertThat(store.instances(List.of(instance(1), instance(2))))
        .isEqualTo(Map.of(instance(1), live(1, 1, "a"), instance(2), live(2, 1, "a")));
  }

  @Test
  void an_instance_that_is_missing_loses_its_version_check() {
    assertLostRace(batch().changedInstances(live(1, 2, "b")));
    assertLostRace(batch().changedInstances(ended(live(1, 2, "b"), InstanceStatus.COMPLETED)));
  }

  @Test
  void a_name_whose_batch_was_lost_is_known_again_when_it_is_committed() {
    var rename = new OperationName(new QName("urn:new", "New"), "rename");
    var row =
        new MessageRow(
            message(1, rename), MessageState.WAITING, ExchangeState.NONE, null, 1, null, null);
    var slot = new Slot(ORDER_7, rename, MessageKind.INPUT);
    assertLostRace(
        batch()
            .newMessages(row)
            .newWaiting(waitingIn(slot, 1))
            .changedInstances(live(1, 2, "none")));
    assertLostRace(batch().newMessages(row, row).newWaiting(waitingIn(slot, 1)));

    commit(batch().newMessages(row).newWaiting(waitingIn(slot, 1)));
    reopen();

    assertThat(store.messages(List.of(id(1)))).isEqualTo(Map.of(id(1), row));
    assertThat(store.waiting(List.of(slot), 9)).containsExactly(waitingIn(slot, 1));
  }

  @Test
  void timers_are_due_at_their_instant_earliest_first_until_they_are_gone() {
    var late = new TimerRow(NOON.plusMillis(1), instance(1), 1);
    var due = new TimerRow(NOON, instance(1), 2);
    var early = new TimerRow(NOON.minusSeconds(1), instance(2), 1);
    commit(batch().newTimers(late, due, early));

    assertThat(store.dueTimers(NOON, 9)).containsExactly(early, due);
    assertThat(store.dueTimers(NOON, 1)).containsExactly(early);

    commit(batch().goneTimers(early));
    assertThat(store.dueTimers(NOON.plusMillis(1), 9)).containsExactly(due, late);
  }

  @Test
  void outbound_messages_are_due_until_they_are_delivered() {
    var first = pending(1, NOON.minusSeconds(1)).by(store.bootId());
    var second = pending(2, NOON).by(store.bootId());
    var later = pending(3, NOON.plusMillis(1)).by(store.bootId());
    commit(batch().newOutbox(second, first, later));
    assertThat(store.dueOutbox(NOON, 9)).containsExactly(first, second);
    assertThat(store.dueOutbox(NOON, 1)).containsExactly(first);

    var delivered = tried(first, OutboxState.DELIVERED, NOON, "");
    var again = tried(second, OutboxState.PENDING, NOON.plusSeconds(9), "Connection refused");
    commit(batch().changedOutbox(delivered, again));

    assertThat(store.dueOutbox(NOON.plusSeconds(9), 9)).containsExactly(later, again);
    assertThat(store.outbox(List.of(id(1), id(2), id(9))))
        .isEqualTo(Map.of(id(1), delivered, id(2), again));
  }

  @Test
  void what_a_gateway_that_has_ended_had_to_send_is_another_ones_who_takes_it_on() {
    var row = pending(1, NOON).by(store.bootId());
    commit(batch().newOutbox(row));
    assertThat(store.forsakenOutbox(9)).isEmpty();

    reopen();

    assertThat(store.forsakenOutbox(9)).containsExactly(id(1));
    assertThat(store.dueOutbox(NOON, 9)).isEmpty();
    commit(batch().changedOutbox(row.by(store.bootId())));
    assertThat(store.forsakenOutbox(9)).isEmpty();
    assertThat(store.dueOutbox(NOON, 9)).containsExactly(row.by(store.bootId()));
  }

  @Test
  void outbound_messages_of_gateways_that_have_ended_are_found() {
    int here = store.bootId();
    commit(
        batch()
            .newOutbox(
                pending(1, NOON).by(here),
                pending(2, NOON).by(here + 1),
                pending(3, NOON),
                pending(4, NOON).by(here + 7),
                pending(5, NOON).by(here + 1)));

    assertThat(store.forsakenOutbox(9)).containsExactlyInAnyOrder(id(2), id(3), id(4), id(5));
    assertThat(store.forsakenOutbox(2)).hasSize(2).isSubsetOf(id(2), id(3), id(4), id(5));
  }

  @Test
  void history_is_the_chain_from_the_newest_row_first_turn_first() {
    List<HistoryRow> turns =
        IntStream.rangeClosed(1, 1000).mapToObj(i -> turn(i * 10L, 1, (i - 1) * 10L)).toList();
    commit(
        batch()
            .newInstances(
                new InstanceRow(
                    instance(1), 1, 1, InstanceStatus.LIVE, blob("a"), Map.of(), 10_000))
            .history(turns.toArray(HistoryRow[]::new))
            .history(turn(10_001, 2, 0)));

    assertThat(store.history(instance(1))).isEqualTo(turns);
    assertThat(store.history(instance(2))).isEmpty();
  }

  @Test
  void dead_letters_are_there_until_they_are_deleted() {
    var first = deadLetter(1, Direction.INBOUND, "Expired");
    var second = deadLetter(2, Direction.OUTBOUND, "DeliveryFailed");
    commit(batch().newDeadLetters(first, second));
    var ids = List.of(first.message(), second.message(), new MessageId(3));
    assertThat(store.deadLetters(ids).values()).containsExactlyInAnyOrder(first, second);
    assertThat(store.counts()).containsEntry("deadLetters", 2L);
    commit(batch().goneDeadLetters(first.message(), new MessageId(3)));
    assertThat(store.deadLetters(ids).values()).containsExactly(second);
    commit(batch().goneDeadLetters(second.message()).newDeadLetters(second));
    assertThat(store.deadLetters(ids).values()).as("dead again").containsExactly(second);
  }

  @Test
  void dead_letters_are_paged_and_filtered() {
    var first = deadLetter(1, Direction.INBOUND, "Expired");
    var second = deadLetter(2, Direction.OUTBOUND, "DeliveryFailed");
    var third =
        new DeadLetterRow(
            id(3), Direction.INBOUND, "bill", CANCEL, "Expired", "Why it is here", NOON);
    commit(batch().newDeadLetters(third, first, second));

    assertThat(letters("", "", "", null)).containsExactly(first, second, third);
    assertThat(store.deadLetters(DeadLetterFilter.ALL, id(1), 1)).containsExactly(second);
    assertThat(letters("sell", "", "", null)).containsExactly(first, second);
    assertThat(letters("", "cancelOrder", "", null)).containsExactly(third);
    assertThat(letters("", "Order", "", null)).isEmpty();
    assertThat(letters("", "", "Expired", null)).containsExactly(first, third);
    assertThat(letters("", "", "", Direction.OUTBOUND)).containsExactly(second);
    assertThat(letters("sell", "placeOrder", "Expired", Direction.INBOUND)).containsExactly(first);
    assertThat(letters("unheard", "", "", null)).isEmpty();
  }

  private List<DeadLetterRow> letters(
      String process, String operation, String reason, @Nullable Direction direction) {
    var filter = new DeadLetterFilter(process, operation, reason, direction);
    return store.deadLetters(filter, id(0), 9);
  }

  @Test
  void messages_that_wait_are_paged_filtered_and_counted() {
    var consumed =
        new MessageRow(
            message(3, ORDER),
            MessageState.CONSUMED,
            ExchangeState.NONE,
            instance(1),
            1,
            null,
            null);
    commit(batch().newMessages(waiting(2, NOON), waiting(1, NOON), consumed, waiting(4, NOON)));

    assertThat(store.queued(QueueFilter.ALL, id(0), 9)).containsExactly(id(1), id(2), id(4));
    assertThat(store.queued(QueueFilter.ALL, id(1), 1)).containsExactly(id(2));
    assertThat(store.queued(new QueueFilter("fulfilment", "cancelOrder"), id(0), 9)).hasSize(3);
    assertThat(store.queued(new QueueFilter("", "placeOrder"), id(0), 9)).isEmpty();
    assertThat(store.queued(new QueueFilter("other", ""), id(0), 9)).isEmpty();
    assertThat(store.queueCounts()).containsExactly(new QueueCount("fulfilment", CANCEL, 3, id(1)));
  }

  @Test
  void live_instances_are_paged_by_definition() {
    commit(batch().newInstances(live(1, 1, "a"), live(2, 1, "b"), live(3, 1, "c")));
    commit(batch().changedInstances(ended(live(2, 1, "b"), InstanceStatus.COMPLETED)));

    assertThat(store.liveInstances(1, instance(0), 9)).containsExactly(instance(1), instance(3));
    assertThat(store.liveInstances(1, instance(0), 1)).containsExactly(instance(1));
    assertThat(store.liveInstances(1, instance(1), 9)).containsExactly(instance(3));
    assertThat(store.liveInstances(2, instance(0), 9)).isEmpty();
  }

  @Test
  void an_outbound_message_that_is_replayed_forgets_its_token_and_begins_anew() {
    var first = pending(1, NOON);
    commit(batch().newOutbox(first));
    var replayed =
        new OutboxRow(
            first.message(),
            first.instance(),
            0,
            first.endpoint(),
            first.policy(),
            OutboxState.PENDING,
            0,
            NOON,
            "",
            NOON,
            store.bootId());
    commit(batch().changedOutbox(replayed));
    assertThat(store.outbox(List.of(id(1)))).isEqualTo(Map.of(id(1), replayed));
    assertThat(replayed.since()).isEqualTo(NOON);
  }

  private static DeadLetterRow deadLetter(long id, Direction direction, String reason) {
    return new DeadLetterRow(
        new MessageId(id), direction, "sell", ORDER, reason, "Why it is here", NOON);
  }

  @Test
  void incidents_are_listed_oldest_first_until_they_are_closed() {
    var first = new IncidentRow(1, instance(1), "Task_1", "DeliveryFailed", "No.", NOON, true);
    var second = new IncidentRow(2, instance(1), "Task_2", "Overdue", "Ä", NOON, true);
    var third = new IncidentRow(3, instance(2), "Task_2", "Overdue", "?", NOON, true);
    commit(batch().incidents(third, first, second));
    assertThat(store.incidents(2)).containsExactly(first, second);

    commit(
        batch()
            .incidents(
                new IncidentRow(1, instance(1), "Task_1", "DeliveryFailed", "No.", NOON, false)));

    assertThat(store.incidents(9)).containsExactly(second, third);
  }

  @Test
  void the_newest_deployment_of_each_bundle_stays() {
    var orders = deployment(1, 1, Map.of("a", 1));
    var other = deployment(2, 2, Map.of("b", 2));
    var bills = ofBills(other);
    commit(batch().deployments(orders, bills));

    assertThat(store.deployments()).containsExactly(orders, bills);
  }

  private static DeploymentRow ofBills(DeploymentRow row) {
    return new DeploymentRow(
        row.id(),
        row.generation(),
        "bills",
        row.content(),
        row.definitions(),
        row.versions(),
        row.archive());
  }

  @Test
  void deployments_stay_while_they_are_the_newest_or_an_instance_lives_or_has_something_to_send() {
    var used = deployment(1, 1, Map.of("a", 1, "b", 2));
    var unused = deployment(2, 2, Map.of("a", 3));
    var newest = deployment(3, 3, Map.of("a", 4));
    var noProcess = ofBills(deployment(4, 4, Map.of()));
    commit(batch().deployments(newest, noProcess, used, unused));
    var row = new InstanceRow(instance(1), 2, 1, InstanceStatus.LIVE, blob(""), Map.of(), 0);
    commit(batch().newInstances(row));

    assertThat(store.deployments()).containsExactly(used, newest, noProcess);
    assertThat(store.live(List.of(1, 2, 3))).containsExactly(2);

    commit(batch().changedInstances(ended(row, InstanceStatus.COMPLETED)));
    assertThat(store.deployments()).containsExactly(newest, noProcess);
    assertThat(store.live(List.of(1, 2, 3))).isEmpty();

    commit(batch().newOutbox(pending(9, NOON)));
    assertThat(store.deployments()).containsExactly(used, newest, noProcess);
  }

  @Test
  void counts_tell_the_living_from_the_dead() {
    commit(
        batch()
            .newMessages(waiting(1, NOON))
            .newWaiting(waitingIn(ORDER_7_CANCEL, 1), waitingIn(ORDER_8_CANCEL, 1))
            .newInstances(live(1, 1, "a"), live(2, 1, "a"))
            .newOutbox(pending(5, NOON))
            .history(turn(1, 1, 0)));
    commit(batch().changedInstances(ended(live(1, 1, "a"), InstanceStatus.TERMINATED)));

    assertThat(store.counts())
        .containsEntry("liveInstances", 1L)
        .containsEntry("instances", 2L)
        .containsEntry("waitingMessages", 1L)
        .containsEntry("pendingOutbox", 1L)
        .containsEntry("turns", 1L)
        .containsEntry("timers", 0L);
  }

  @Test
  void everything_is_there_when_the_store_is_opened_again() {
    var subscription = new SubscriptionRow(ORDER_7_CANCEL, instance(1), 4);
    var timer = new TimerRow(NOON, instance(1), 1);
    var instance = with(live(1, 1, "state"), Map.of(1L, blob("one")));
    long storeId = store.storeId();
    int bootId = store.bootId();
    commit(
        batch()
            .newMessages(waiting(1, NOON))
            .identities(identity("a", 1))
            .newInstances(instance)
            .newSubscriptions(subscription)
            .keys(new KeyRow(ORDER_7, instance(1)))
            .newWaiting(waitingIn(ORDER_8_CANCEL, 1))
            .newTimers(timer)
            .newOutbox(pending(2, NOON))
            .deployments(deployment(1, 1, Map.of("a", 1))));

    reopen();

    assertThat(store.storeId()).isEqualTo(storeId);
    assertThat(store.bootId()).isEqualTo(bootId + 1);
    assertThat(store.messages(List.of(id(1)))).isEqualTo(Map.of(id(1), waiting(1, NOON)));
    assertThat(store.identities(List.of(digest("a"))))
        .isEqualTo(Map.of(digest("a"), identity("a", 1)));
    assertThat(store.instances(List.of(instance(1)))).isEqualTo(Map.of(instance(1), instance));
    assertThat(store.subscriptions(List.of(ORDER_7_CANCEL))).containsExactly(subscription);
    assertThat(store.keys(List.of(ORDER_7))).containsExactly(new KeyRow(ORDER_7, instance(1)));
    assertThat(store.waiting(List.of(ORDER_8_CANCEL), 9))
        .containsExactly(waitingIn(ORDER_8_CANCEL, 1));
    assertThat(store.dueTimers(NOON, 9)).containsExactly(timer);
    assertThat(store.outbox(List.of(id(2)))).isEqualTo(Map.of(id(2), pending(2, NOON)));
    assertThat(store.forsakenOutbox(9)).containsExactly(id(2));
    assertThat(store.deployments()).containsExactly(deployment(1, 1, Map.of("a", 1)));
  }

  @Test
  void a_store_may_be_closed_twice() {
    store.close();
    store.close();
  }

  static BatchOf batch() {
    return new BatchOf();
  }

  private void commit(BatchOf batch) {
    store.commit(batch.batch());
  }

  private void reopen() {
    store.close();
    try {
      store = open();
    } catch (Exception e) {
      throw new AssertionError("The store does not open again", e);
    }
  }

  private void assertLostRace(BatchOf batch) {
    assertThatThrownBy(() -> store.commit(batch.batch()))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.nothingWritten()).isTrue());
  }

  private static Digest digest(String identity) {
    return identity(identity, 1).identity();
  }

  private static Slot slotNobodyKnows() {
    return new Slot(
        ORDER_7, new OperationName(new QName("urn:x", "X"), "unknown"), MessageKind.INPUT);
  }
}
