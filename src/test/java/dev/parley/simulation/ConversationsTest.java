package dev.parley.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.simulation.Letter.Template;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.store.Rows.MessageState;
import dev.parley.turn.Batches;
import dev.parley.turn.Batches.Pending;
import dev.parley.turn.Deployments;
import dev.parley.turn.TurnInput;
import dev.parley.turn.Turns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What the simulation has found once, told as a story each. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConversationsTest {
  private static final Template FILE = new Template("insurance", "file", "report", false);
  private static final Template ASSESS = new Template("insurance", "assess", "assessment", false);
  private static final Template SETTLE = new Template("insurance", "settle", "settlement", true);
  private static final Template OPEN = new Template("basket", "open", "basket", false);
  private static final Template ADD = new Template("basket", "add", "item", true);
  private static final Template BEGIN = new Template("inspection", "begin", "inspection", false);
  private static final Template LEFT = new Template("inspection", "left", "left", false);
  private static final Template RIGHT = new Template("inspection", "right", "right", false);

  private final Tables tables = new Tables();
  private final SimulatedStore store = SimulatedStore.next(tables, Tables::write);
  private Deployments loaded = Deployments.NONE;
  private long ids = 1000;
  private final Batches batches = new Batches(store, () -> ++ids, () -> loaded);
  private Duration clock = Duration.ZERO;

  @BeforeEach
  void deploy() {
    Models.rows(Models.first()).forEach(row -> tables.deployments.put(row.id(), row));
    loaded = tables.deployed();
  }

  @Test
  void a_message_that_bears_only_the_second_key_finds_its_receive() {
    send(FILE, "a", byClaim("7"));
    send(ASSESS, "b", with(byClaim("7"), "fileNo", "f"));
    passTimer();

    var answer = send(SETTLE, "c", Map.of("fileNo", "f"));

    assertThat(answer.get()).isInstanceOf(Answer.Reply.class);
  }

  @Test
  void a_message_that_bears_only_the_second_key_may_come_early_and_goes_first() {
    send(FILE, "a", byClaim("7"));
    send(ASSESS, "b", with(byClaim("7"), "fileNo", "f"));
    var first = send(SETTLE, "c", Map.of("fileNo", "f"));
    var second = send(SETTLE, "d", with(byClaim("7"), "fileNo", "f"));

    passTimer();

    assertThat(first.get()).isInstanceOf(Answer.Reply.class);
    assertThat(second.get()).matches(a -> is(a, FaultKind.TOO_LATE));
  }

  @Test
  void a_duplicate_goes_on_waiting_when_the_caller_it_waits_with_has_left() {
    send(OPEN, "a", Map.of("basketId", "7"));
    var item = letter(ADD, "b", Map.of("basketId", "8"));
    var first = submit(item, 1);
    var second = submit(item, 2);

    run(new TurnInput.Abandoned(new MessageId(1)));

    assertThat(first.get()).isNull();
    assertThat(second.get()).isNull();

    run(new TurnInput.Abandoned(new MessageId(2)));

    var row = Objects.requireNonNull(tables.messages.get(new MessageId(1)));
    assertThat(row.state()).isEqualTo(MessageState.COLLECTED);
  }

  @Test
  void a_duplicate_gets_the_reply_when_the_caller_it_waits_with_has_left() {
    var place = letter(new Template("order", "place", "order", true), "a", Map.of("orderId", "7"));
    var first = submit(place, 1);
    var second = submit(place, 2);
    var third = submit(place, 3);
    run(new TurnInput.Abandoned(new MessageId(1)));
    run(new TurnInput.Abandoned(new MessageId(3)));

    passTimer();

    assertThat(first.get()).isNull();
    assertThat(second.get()).isInstanceOf(Answer.Faulted.class);
    assertThat(third.get()).isNull();
  }

  @Test
  void a_message_never_sets_a_key_that_another_running_instance_holds() {
    send(FILE, "a", byClaim("7"));
    send(FILE, "b", byClaim("8"));
    send(ASSESS, "c", with(byClaim("7"), "fileNo", "f"));

    var answer = send(ASSESS, "d", with(byClaim("8"), "fileNo", "f"));

    assertThat(answer.get()).matches(a -> is(a, FaultKind.CORRELATION_VIOLATION));
  }

  @Test
  void a_queued_message_that_would_set_a_key_of_another_instance_is_refused() {
    send(ASSESS, "a", with(byClaim("8"), "fileNo", "f"));
    send(FILE, "b", byClaim("7"));
    send(ASSESS, "c", with(byClaim("7"), "fileNo", "f"));

    send(FILE, "d", byClaim("8"));

    var early = tables.messages.firstEntry().getValue();
    assertThat(early.state()).isEqualTo(MessageState.REFUSED);
    assertThat(early.answer()).matches(a -> is(a, FaultKind.CORRELATION_VIOLATION));
    new StoreRules(tables).check(Agenda.BEGIN, false);
  }

  @Test
  void a_timer_that_comes_late_leaves_the_next_conversation_alone() {
    var key = Map.of("caseId", "7");
    send(BEGIN, "a", key);
    send(RIGHT, "b", key);
    send(LEFT, "c", key);
    var timer = tables.timers.iterator().next();
    send(LEFT, "d", key);
    assertThat(tables.instances.firstEntry().getValue().status())
        .isEqualTo(InstanceStatus.COMPLETED);
    send(BEGIN, "e", key);
    send(LEFT, "f", key);
    send(LEFT, "g", key);
    assertThat(tables.messages.lastEntry().getValue().state()).isEqualTo(MessageState.WAITING);

    run(new TurnInput.TimerDue(timer.instance(), (int) timer.timer()));

    assertThat(tables.messages.lastEntry().getValue().state()).isEqualTo(MessageState.WAITING);
  }

  @Test
  void a_queued_message_is_found_by_the_keys_that_a_later_version_reads() {
    var key = Map.of("caseId", "7");
    send(LEFT, "a", key);
    redeploy(1);

    run(new TurnInput.Look(store.waitingMessages(new MessageId(0), 9)));
    send(BEGIN, "b", key);

    assertThat(tables.messages.firstEntry().getValue().state()).isEqualTo(MessageState.CONSUMED);
    assertThat(tables.waiting).isEmpty();
  }

  @Test
  void a_receive_that_opened_before_the_look_gets_its_message_by_it() {
    var key = Map.of("caseId", "7");
    send(LEFT, "a", key);
    redeploy(1);
    send(BEGIN, "b", key);
    assertThat(tables.messages.firstEntry().getValue().state()).isEqualTo(MessageState.WAITING);

    run(new TurnInput.Look(store.waitingMessages(new MessageId(0), 9)));

    assertThat(tables.messages.firstEntry().getValue().state()).isEqualTo(MessageState.CONSUMED);
  }

  @Test
  void a_message_leaves_the_queues_that_a_version_put_it_in_which_is_not_loaded_any_more() {
    var key = Map.of("caseId", "7");
    send(LEFT, "a", key);
    redeploy(1);
    run(new TurnInput.Look(store.waitingMessages(new MessageId(0), 9)));
    loaded = Models.deployments(store.deployments());

    send(BEGIN, "b", key);

    assertThat(tables.waiting).isEmpty();
  }

  @Test
  void a_message_is_late_although_the_version_of_the_instance_that_ended_is_not_loaded() {
    var key = Map.of("caseId", "7");
    send(BEGIN, "a", key);
    send(RIGHT, "b", key);
    send(LEFT, "c", key);
    send(LEFT, "d", key);
    redeploy(2);
    loaded = Models.deployments(store.deployments());

    var answer = send(LEFT, "e", key);

    assertThat(answer.get()).matches(a -> is(a, FaultKind.TOO_LATE));
  }

  /** Another edition of the inspection. */
  private void redeploy(int edition) {
    var model =
        Models.all().stream()
            .filter(m -> m.bundle().equals("inspection") && m.edition() == edition)
            .findFirst()
            .orElseThrow();
    var row = model.row(++ids, List.copyOf(tables.deployments.values()));
    tables.deployments.put(row.id(), row);
    loaded = tables.deployed();
  }

  private static Map<String, String> byClaim(String claim) {
    return Map.of("customer", "alice", "claim", claim);
  }

  private static Map<String, String> with(Map<String, String> keys, String key, String value) {
    var more = new TreeMap<>(keys);
    more.put(key, value);
    return more;
  }

  private static boolean is(Answer answer, FaultKind kind) {
    return Clients.refusal(answer).filter(kind::equals).isPresent();
  }

  private static Letter letter(Template template, String name, Map<String, String> keys) {
    return new Letter(name, template, new TreeMap<>(keys), Duration.ZERO);
  }

  private AtomicReference<@Nullable Answer> send(
      Template template, String name, Map<String, String> keys) {
    return submit(letter(template, name, keys), ++ids);
  }

  private AtomicReference<@Nullable Answer> submit(Letter letter, long id) {
    return run(Turns.arrival(letter.message(new MessageId(id), false), loaded));
  }

  /** The only timer there is fires. */
  private void passTimer() {
    var timer = tables.timers.iterator().next();
    clock = Duration.between(Agenda.BEGIN, timer.dueAt());
    run(new TurnInput.TimerDue(new InstanceId(timer.instance().value()), (int) timer.timer()));
  }

  private AtomicReference<@Nullable Answer> run(TurnInput input) {
    var heard = new AtomicReference<@Nullable Answer>();
    var outcome = new CompletableFuture<Answer>();
    var _ = outcome.thenAccept(heard::set);
    var prepared =
        batches.prepare(List.of(new Pending(input, outcome)), null, Agenda.BEGIN.plus(clock));
    batches.commit(prepared);
    batches.release(prepared);
    return heard;
  }
}
