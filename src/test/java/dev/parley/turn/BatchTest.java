package dev.parley.turn;

import static dev.parley.model.Drawing.*;
import static dev.parley.turn.House.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.InstanceCodec;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.engine.Replay;
import dev.parley.engine.TurnCodec;
import dev.parley.message.Answer;
import dev.parley.message.Digest;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.model.Shop;
import dev.parley.store.Rows.OutboxState;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.WaitingRow;
import dev.parley.store.StoreException;
import dev.parley.turn.TurnInput.SendOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BatchTest {
  @TempDir Path folder;

  /** Two payments and a cancellation, then a charge. */
  static ExecutableProcess long3() {
    return Shop.compile(
        "",
        start("placed", "place"),
        receive("one", "pay"),
        receive("two", "pay"),
        receive("cancelled", "cancel"),
        charge("charge"),
        end("end"),
        path("placed", "one", "two", "cancelled", "charge", "end"));
  }

  static ExecutableProcess charging(String... attributes) {
    return Shop.compile(
        "",
        noneStart("start"),
        charge("charge", attributes),
        boundaryTimer("late", "charge", "PT1H", true),
        boundaryError("failed", "charge", "undelivered"),
        timer("w", "P1D"),
        timer("f", "P1D"),
        end("end"),
        path("start", "charge", "end"),
        path("late", "w", "end"),
        path("failed", "f", "end"));
  }

  @Test
  void a_batch_stands_on_the_one_before_that_is_not_committed_yet() throws Exception {
    try (var house = House.of(folder, long3())) {
      var order = house.message("place", "7");
      var first = house.prepare(house.arrivals(order), null);
      var second = house.prepare(house.arrivals(house.message("pay", "7")), first);
      house.commit(first);
      var third = house.prepare(house.arrivals(house.message("pay", "7")), second);
      house.commit(second);
      var fourth = house.prepare(house.arrivals(house.message("cancel", "7")), third);
      house.commit(third);
      house.commit(fourth);
      assertThat(house.waiting(order)).containsExactly("charge");
      assertThat(house.instance(order).version()).isEqualTo(4);
      assertThat(house.store().history(house.instance(order).id())).hasSize(4);
    }
  }

  @Test
  void a_batch_prepared_while_the_store_already_has_the_one_before_decides_the_same()
      throws Exception {
    try (var house = House.of(folder, long3())) {
      var order = house.message("place", "7");
      var first = house.prepare(house.arrivals(house.message("pay", "7"), order), null);
      house.commit(first);
      var second = house.prepare(house.arrivals(house.message("pay", "7")), first);
      house.commit(second);
      assertThat(house.waiting(order)).containsExactly("cancelled");
      assertThat(house.count("waitingMessages")).isZero();
      assertThat(house.count("subscriptions")).isEqualTo(1);
    }
  }

  @Test
  void when_the_batch_before_fails_the_next_one_is_prepared_again_without_it() throws Exception {
    try (var house = House.of(folder, long3())) {
      var order = house.message("place", "7");
      var lost = house.prepare(house.arrivals(order), null);
      var payment = house.message("pay", "7");
      var inputs = house.arrivals(payment);
      var onTop = house.prepare(inputs, lost);
      assertThat(onTop.inputs()).isEqualTo(inputs);
      house.commit(house.prepare(inputs, null));
      assertThat(House.outcomes(inputs).getFirst()).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.count("instances")).isZero();
      assertThat(house.count("waitingMessages")).isEqualTo(1);
    }
  }

  @Test
  void a_batch_that_stands_on_a_lost_one_is_refused_by_the_store() throws Exception {
    try (var house = House.of(folder, long3())) {
      var lost = house.prepare(house.arrivals(house.message("place", "7")), null);
      var onTop = house.prepare(house.arrivals(house.message("pay", "7")), lost);
      assertThatThrownBy(() -> house.commit(onTop)).isInstanceOf(StoreException.class);
      assertThat(house.count("messages")).isZero();
    }
  }

  @Test
  void an_input_that_throws_is_undone_alone() throws Exception {
    try (var house = House.of(folder, long3())) {
      var good = house.message("place", "7");
      var broken = House.pending(new TurnInput.Abandoned(new MessageId(1)));
      var inputs = new ArrayList<>(house.arrivals(good));
      inputs.add(House.pending(throwing()));
      inputs.add(broken);
      inputs.addAll(house.arrivals(house.message("place", "8")));
      house.commit(house.prepare(inputs, null));
      var outcomes = House.outcomes(inputs);
      assertThat(outcomes.get(0)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(kind(outcomes.get(1))).containsExactly(FaultKind.UNAVAILABLE);
      assertThat(outcomes.get(3)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.count("instances")).isEqualTo(2);
    }
  }

  /** An input with a list that can be read ahead, but not again. */
  private static TurnInput throwing() {
    var rows =
        new AbstractList<WaitingRow>() {
          private int reads;

          @Override
          public WaitingRow get(int index) {
            if (reads++ > 0) {
              throw new IllegalStateException("unreadable, as this test wants it");
            }
            var slot = new Slot(Digest.of("nobody"), Shop.operation("pay"), MessageKind.INPUT);
            return new WaitingRow(slot, new MessageId(4711));
          }

          @Override
          public int size() {
            return 1;
          }
        };
    return new TurnInput.Expired(rows);
  }

  private static InstanceId begin(House house) {
    var id = new InstanceId(house.ids().getAsLong());
    house.turn(new TurnInput.Start("sell", id));
    return id;
  }

  @Test
  void what_a_batch_sends_is_pending_and_released() throws Exception {
    try (var house = House.of(folder, charging())) {
      begin(house);
      assertThat(house.outbound())
          .singleElement()
          .satisfies(o -> assertThat(o.state()).isEqualTo(OutboxState.PENDING));
    }
  }

  @Test
  void an_answer_moves_the_token_and_settles_the_message() throws Exception {
    try (var house = House.of(folder, charging())) {
      var id = begin(house);
      var sent = house.outbound().getFirst().id();
      house.turn(new TurnInput.Sent(sent, new SendOutcome.Answered(Shop.receipt("r"))));
      assertThat(house.instance(id).status()).isEqualTo(Status.COMPLETED);
      assertThat(house.outbox(sent).state()).isEqualTo(OutboxState.DELIVERED);
    }
  }

  @Test
  void a_timer_withdraws_the_message_and_its_late_answer_changes_nothing() throws Exception {
    try (var house = House.of(folder, charging())) {
      var id = begin(house);
      var sent = house.outbound().getFirst().id();
      house.after(Duration.ofHours(1)).ring();
      assertThat(house.outbox(sent).state()).isEqualTo(OutboxState.CANCELLED);
      var before = house.instance(id);
      house.turn(new TurnInput.Sent(sent, new SendOutcome.Answered(Shop.receipt("r"))));
      assertThat(house.instance(id)).isEqualTo(before);
      assertThat(house.outbox(sent).state()).isEqualTo(OutboxState.CANCELLED);
    }
  }

  @Test
  void what_a_turn_sends_and_withdraws_itself_never_leaves() throws Exception {
    var process =
        Shop.compile(
            "",
            noneStart("start"),
            parallel("fork"),
            charge("charge"),
            terminate("stop"),
            end("end"),
            path("start", "fork", "charge", "end"),
            path("fork", "stop"));
    try (var house = House.of(folder, process)) {
      begin(house);
      assertThat(house.outbound()).isEmpty();
      assertThat(house.count("pendingOutbox")).isZero();
    }
  }

  @Test
  void a_retry_counts_and_a_failure_for_good_is_the_tasks_error() throws Exception {
    try (var house = House.of(folder, charging())) {
      var id = begin(house);
      var sent = house.outbound().getFirst().id();
      var next = Instant.parse("2030-01-01T12:00:02Z");
      house.turn(new TurnInput.Sent(sent, new SendOutcome.Retry(next, "refused")));
      assertThat(house.outbox(sent))
          .satisfies(o -> assertThat(o.attempts()).isEqualTo(1))
          .satisfies(o -> assertThat(o.nextAttempt()).isEqualTo(next))
          .satisfies(o -> assertThat(o.lastError()).isEqualTo("refused"));
      house.turn(new TurnInput.Sent(sent, new SendOutcome.Failed(false, "refused")));
      assertThat(house.outbox(sent).state()).isEqualTo(OutboxState.FAILED);
      assertThat(house.instance(id).timers()).hasSize(1);
      assertThat(house.count("openIncidents")).isZero();
    }
  }

  @Test
  void a_failure_that_no_token_waits_for_is_an_incident() throws Exception {
    var process =
        Shop.compile(
            "", noneStart("start"), tell("tell"), end("end"), path("start", "tell", "end"));
    try (var house = House.of(folder, process)) {
      begin(house);
      var sent = house.outbound().getFirst().id();
      house.turn(new TurnInput.Sent(sent, new SendOutcome.Failed(true, "late")));
      assertThat(house.store().incidents(9))
          .singleElement()
          .satisfies(i -> assertThat(i.kind()).isEqualTo("DeliveryTimeout"));
    }
  }

  @Test
  void the_history_of_an_instance_replays_to_its_state() throws Exception {
    try (var house = House.of(folder, long3())) {
      var order = house.message("place", "7");
      house.sendAll(
          house.message("cancel", "7"),
          house.message("pay", "7"),
          order,
          house.message("pay", "7"));
      var id = house.instance(order).id();
      var turns = house.store().history(id).stream().map(h -> TurnCodec.decode(h.turn())).toList();
      var replay =
          new Replay(
              long3(),
              m -> Objects.requireNonNull(house.store().messages(List.of(m)).get(m)).message());
      var replayed = replay.replay(id, 1, turns);
      assertThat(InstanceCodec.encode(replayed))
          .isEqualTo(InstanceCodec.encode(house.instance(order)));
      assertThat(turns).hasSize(4);
    }
  }

  @Test
  void ids_grow_when_the_clock_stands_still_or_goes_back_and_differ_between_boots() {
    var time = new AtomicReference<>(House.NOON);
    var ids = new IdSource(time::get, 1);
    var other = new IdSource(time::get, 2);
    long last = ids.getAsLong();
    for (int i = 0; i < 10_000; i++) {
      if (i == 5_000) {
        time.set(House.NOON.minusSeconds(9));
      }
      long next = ids.getAsLong();
      assertThat(next).isGreaterThan(last).isNotEqualTo(other.getAsLong());
      last = next;
    }
    assertThat(new IdSource(() -> Instant.EPOCH, 1025).getAsLong()).isPositive();
  }
}
