package dev.parley.store;

import static dev.parley.store.Samples.CANCEL;
import static dev.parley.store.Samples.NOON;
import static dev.parley.store.Samples.ORDER_7;
import static dev.parley.store.Samples.ORDER_7_CANCEL;
import static dev.parley.store.Samples.ORDER_8;
import static dev.parley.store.Samples.deployment;
import static dev.parley.store.Samples.id;
import static dev.parley.store.Samples.identity;
import static dev.parley.store.Samples.instance;
import static dev.parley.store.Samples.live;
import static dev.parley.store.Samples.pending;
import static dev.parley.store.Samples.turn;
import static dev.parley.store.Samples.waiting;
import static dev.parley.store.Samples.waitingIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Answer;
import dev.parley.message.MessageKind;
import dev.parley.store.Overview.DeadLetterFilter;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.Direction;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.KeyRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.QueueRow;
import dev.parley.store.Rows.SubscriptionRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two gateways on one database: who decides by what the other has changed since decides again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresGatewaysTest {
  private static final QueueName CANCELS = new QueueName("fulfilment", CANCEL, MessageKind.INPUT);

  private PostgresScratch database;
  private PostgresStore here;
  private PostgresStore there;
  private final Map<PostgresStore, Long> heard = new ConcurrentHashMap<>();

  @BeforeEach
  void opens() throws Exception {
    database = TestDatabase.empty();
    here = PostgresStore.open(database.address());
    there = PostgresStore.open(database.address());
    lastHeard(here);
  }

  @AfterEach
  void closes() {
    here.close();
    there.close();
    database.close();
  }

  /** What one reads and the other one writes. */
  record Case(String what, Consumer<ReadSet> reads, Batch writes) {
    @Override
    public String toString() {
      return what;
    }
  }

  static List<Case> cases() {
    var dead =
        new DeadLetterRow(id(1), Direction.INBOUND, "fulfilment", CANCEL, "Late", "Late.", NOON);
    return List.of(
        new Case("an identity", r -> r.identity(identity("a", 1).identity()), identityOf("a", 1)),
        new Case("a message", r -> r.message(id(1)), answers(1)),
        new Case(
            "subscriptions",
            r -> r.subscriptions(ORDER_7_CANCEL),
            new BatchOf()
                .newSubscriptions(new SubscriptionRow(ORDER_7_CANCEL, instance(1), 1))
                .batch()),
        new Case("who holds a key", r -> r.holder(ORDER_7), starts(2)),
        new Case("what waits", r -> r.waitingUnder(ORDER_7), queues(2)),
        new Case("where a message waits", r -> r.waitingOf(id(2)), queues(2)),
        new Case("a queue", r -> r.queue(CANCELS), queues(2)),
        new Case(
            "an instance",
            r -> r.instance(instance(1)),
            new BatchOf().changedInstances(live(1, 2, "b")).batch()),
        new Case(
            "an outbound message",
            r -> r.outbox(id(5)),
            new BatchOf().changedOutbox(pending(5, NOON.plusSeconds(1))).batch()),
        new Case(
            "a dead letter", r -> r.deadLetter(id(1)), new BatchOf().newDeadLetters(dead).batch()),
        new Case(
            "deployments",
            _ -> {},
            new BatchOf().deployments(deployment(1, 1, Map.of("a", 1))).batch()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void what_rests_on_something_that_the_other_has_written_loses(Case one) {
    there.commit(
        new BatchOf()
            .newInstances(live(1, 1, "a"))
            .newMessages(waiting(1, NOON))
            .newOutbox(pending(5, NOON))
            .batch());
    long heard = lastHeard(here);
    var reads = new ReadSet(heard);
    one.reads().accept(reads);
    there.commit(one.writes());

    assertLost(() -> here.commit(new BatchOf().newInstances(live(9, 1, "x")).batch(), reads));
    assertThat(here.instances(List.of(instance(9)))).isEmpty();

    var again = new ReadSet(lastHeard(here));
    one.reads().accept(again);
    here.commit(new BatchOf().newInstances(live(9, 1, "x")).batch(), again);
    assertThat(there.instances(List.of(instance(9)))).hasSize(1);
  }

  @Test
  void of_two_that_start_an_instance_for_one_key_at_once_one_loses() throws Exception {
    var mine = new ReadSet(lastHeard(here));
    var theirs = new ReadSet(lastHeard(there));
    Callable<Boolean> first = () -> isKept(here, starts(1), mine);
    Callable<Boolean> second = () -> isKept(there, starts(2), theirs);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var kept = new ArrayList<Boolean>();
      for (var outcome : threads.invokeAll(List.of(first, second))) {
        kept.add(outcome.get());
      }
      assertThat(kept).containsExactlyInAnyOrder(true, false);
    }
    assertThat(here.instances(List.of(instance(1), instance(2)))).hasSize(1);
  }

  private static boolean isKept(PostgresStore store, Batch starts, ReadSet reads) {
    reads.holder(ORDER_7);
    try {
      store.commit(starts, reads);
      return true;
    } catch (StoreException e) {
      assertThat(e.isLostRace()).isTrue();
      return false;
    }
  }

  @Test
  void what_rests_on_other_things_is_kept() {
    var mine = new ReadSet(lastHeard(here));
    mine.holder(ORDER_7);
    var theirs = new ReadSet(lastHeard(there));
    theirs.holder(ORDER_8);

    there.commit(
        new BatchOf().newInstances(live(2, 1, "b")).keys(new KeyRow(ORDER_8, instance(2))).batch(),
        theirs);
    here.commit(starts(1), mine);

    assertThat(here.instances(List.of(instance(1), instance(2)))).hasSize(2);
  }

  @Test
  void commits_of_ones_own_are_no_race() {
    var reads = new ReadSet(lastHeard(here));
    reads.holder(ORDER_7);
    here.commit(starts(1), reads);
    here.commit(new BatchOf().keys(new KeyRow(ORDER_7, instance(1))).batch(), reads);

    assertThat(here.news()).isEmpty();
  }

  @Test
  void numbers_go_up_over_both_and_none_is_lost_between_many() throws Exception {
    Callable<Boolean> one = () -> commitMany(here, 1000);
    Callable<Boolean> other = () -> commitMany(there, 2000);
    try (var threads = Executors.newFixedThreadPool(2)) {
      for (var outcome : threads.invokeAll(List.of(one, other))) {
        outcome.get();
      }
    }
    var heardHere = here.news();
    var heardThere = there.news();

    assertThat(heardHere).hasSize(40).extracting(News::number).isSorted().doesNotHaveDuplicates();
    assertThat(heardThere)
        .hasSize(40)
        .extracting(News::number)
        .doesNotContainAnyElementsOf(heardHere.stream().map(News::number).toList());
  }

  private static Boolean commitMany(PostgresStore store, long from) {
    IntStream.range(0, 40)
        .forEach(i -> store.commit(new BatchOf().newInstances(live(from + i, 1, "a")).batch()));
    return true;
  }

  @Test
  void what_writes_nothing_is_decided_again_too_where_another_one_wrote_what_it_read() {
    var reads = new ReadSet(there.opened());
    reads.identity(identity("a", 1).identity());
    here.commit(new BatchOf().batch(), reads);

    there.commit(new BatchOf().identities(identity("a", 1)).batch());

    assertThatThrownBy(() -> here.commit(new BatchOf().batch(), reads))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isLostRace()).isTrue());
  }

  @Test
  void what_others_committed_is_heard_of_in_order_and_once() {
    there.commit(new BatchOf().newMessages(waiting(1, NOON)).batch());
    there.commit(answers(1));
    there.commit(withQueues(new QueueRow(CANCELS, -3, -300)));
    there.commit(new BatchOf().deployments(deployment(1, 1, Map.of("a", 1))).batch());
    there.commit(new BatchOf().history(turn(7, 1, 0), turn(3, 2, 0)).batch());

    var news = here.news();

    assertThat(news).hasSize(5).extracting(News::number).isSorted();
    assertThat(news).extracting(News::answered).element(1).isEqualTo(List.of(id(1)));
    assertThat(news)
        .extracting(News::queues)
        .element(2)
        .isEqualTo(List.of(new QueueRow(CANCELS, -3, -300)));
    assertThat(news).extracting(News::deployed).containsExactly(false, false, false, true, false);
    assertThat(news.getLast().at()).isEqualTo(NOON.plusSeconds(7));
    assertThat(here.news()).isEmpty();
  }

  @Test
  void whoever_waits_for_news_is_woken_by_a_commit() throws Exception {
    try (var threads = Executors.newSingleThreadExecutor()) {
      var woken = threads.submit(() -> here.awaitNews(Duration.ofMinutes(5)));

      there.commit(starts(1));

      woken.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void who_opens_later_begins_with_what_is_there() throws Exception {
    there.commit(starts(1));
    there.commit(identityOf("a", 1));
    try (var late = PostgresStore.open(database.address())) {
      assertThat(late.news()).isEmpty();
      assertThat(late.gateways()).containsExactlyInAnyOrder(1, 2, 3);
      assertThat(late.identities(List.of(identity("a", 1).identity()))).hasSize(1);

      there.commit(starts(2));
      assertThat(late.news()).singleElement().matches(n -> n.number() > late.opened());
    }
  }

  @Test
  void a_dead_letter_of_one_is_seen_by_the_other() {
    there.commit(cases().get(9).writes());

    assertThat(here.deadLetters(DeadLetterFilter.ALL, id(0), 9)).hasSize(1);
  }

  @Test
  void two_that_deploy_at_one_moment_do_not_use_one_number() {
    there.commit(new BatchOf().deployments(deployment(1, 1, Map.of("a", 1))).batch());

    assertLost(
        () -> here.commit(new BatchOf().deployments(deployment(2, 1, Map.of("b", 1))).batch()));
  }

  private long lastHeard(PostgresStore store) {
    var news = store.news();
    return heard.merge(store, news.isEmpty() ? store.opened() : news.getLast().number(), Math::max);
  }

  static void assertLost(ThrowingCallable commit) {
    assertThatThrownBy(commit)
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isLostRace()).isTrue());
  }

  private static Batch starts(long id) {
    return new BatchOf()
        .newInstances(live(id, 1, "a"))
        .keys(new KeyRow(ORDER_7, instance(id)))
        .batch();
  }

  private static Batch queues(long id) {
    return new BatchOf()
        .newMessages(waiting(id, NOON))
        .newWaiting(waitingIn(ORDER_7_CANCEL, id))
        .batch();
  }

  static Batch identityOf(String identity, long message) {
    return new BatchOf().identities(identity(identity, message)).batch();
  }

  private static Batch answers(long id) {
    var row = waiting(id, NOON);
    return new BatchOf()
        .changedMessages(
            new MessageRow(
                row.message(),
                MessageState.CONSUMED,
                ExchangeState.ANSWERED,
                null,
                1,
                Answer.ACCEPTED,
                NOON))
        .batch();
  }

  private static Batch withQueues(QueueRow... queues) {
    var one = new BatchOf().newInstances(live(3, 1, "a")).batch();
    return new Batch(
        one.newMessages(),
        one.changedMessages(),
        one.identities(),
        one.newInstances(),
        one.changedInstances(),
        one.newSubscriptions(),
        one.goneSubscriptions(),
        one.keys(),
        one.newWaiting(),
        one.goneWaiting(),
        one.newTimers(),
        one.goneTimers(),
        one.newOutbox(),
        one.changedOutbox(),
        one.history(),
        one.incidents(),
        one.deployments(),
        one.newDeadLetters(),
        one.goneDeadLetters(),
        List.of(queues));
  }
}
