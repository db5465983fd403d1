package dev.parley.turn;

import static dev.parley.model.Drawing.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.message.Answer;
import dev.parley.message.Blob;
import dev.parley.message.Digest;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.model.Shop;
import dev.parley.simulation.SimulatedStore;
import dev.parley.store.Batch;
import dev.parley.store.ReadSet;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Store;
import dev.parley.store.StoreAround;
import dev.parley.store.StoreException;
import dev.parley.turn.Batches.Pending;
import dev.parley.turn.LostRaces.Attempt;
import dev.parley.turn.Turns.Limits;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Another gateway writes to the same store: who was first is right, and nobody is refused. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class LostRaceTest {
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  private Deployments deployments = deployed(BatchTest.long3());
  private final ArrayDeque<Runnable> meanwhile = new ArrayDeque<>();
  private final List<Integer> committed = new ArrayList<>();
  private long ids;

  private final SimulatedStore store = SimulatedStore.empty();
  private final Batches others = new Batches(store.beside(), () -> ++ids, () -> deployments);

  @Test
  void an_input_that_lost_is_decided_again_from_what_is_there_now() {
    other(message("place"));
    meanwhile.add(() -> other(message("pay")));
    try (var turns = turns(Limits.DEFAULT)) {
      var answer = turns.submit(message("pay")).join();

      assertThat(answer).isEqualTo(Answer.ACCEPTED);
    }
    assertThat(version()).isEqualTo(2);
    assertThat(store.counts()).containsEntry("waitingMessages", 0L);
  }

  @Test
  void the_batch_behind_it_is_decided_again_too_and_stays_behind() {
    other(message("place"));
    meanwhile.add(() -> other(message("pay")));
    var turns = new Turns(around(), () -> NOON, new Limits(1, 1, 10, 1_000));
    turns.use(deployments);
    var pay = turns.submit(message("pay"));
    var cancel = turns.submit(message("cancel"));
    turns.start();

    assertThat(pay.join()).isEqualTo(Answer.ACCEPTED);
    assertThat(cancel.join()).isEqualTo(Answer.ACCEPTED);
    turns.close();
    assertThat(version()).isEqualTo(3);
    assertThat(store.counts()).containsEntry("waitingMessages", 0L);
  }

  @Test
  void a_batch_that_lost_is_decided_again_in_halves() {
    other(message("place"));
    meanwhile.add(() -> other(message("pay")));
    var turns = new Turns(around(), () -> NOON, Limits.DEFAULT);
    turns.use(deployments);
    var outcomes = new ArrayList<CompletableFuture<Answer>>();
    for (var operation : List.of("pay", "cancel")) {
      outcomes.add(turns.submit(message(operation)));
    }
    for (var order : List.of("8", "9")) {
      outcomes.add(turns.submit(Shop.message(++ids, "place", order)));
    }
    turns.start();

    outcomes.forEach(CompletableFuture::join);
    turns.close();
    assertThat(outcomes).allMatch(o -> o.join().equals(Answer.ACCEPTED));
    assertThat(committed).containsExactly(2, 2);
    assertThat(version()).isEqualTo(2);
  }

  @Test
  void a_receive_that_opens_while_another_gateway_queues_its_message_gets_it() {
    var pay = message("pay");
    meanwhile.add(() -> other(pay));

    assertThat(turn(message("place")).join()).isEqualTo(Answer.ACCEPTED);

    assertThat(state(pay)).isEqualTo(MessageState.CONSUMED);
  }

  @Test
  void a_message_that_is_queued_while_another_gateway_opens_its_receive_is_taken() {
    var pay = message("pay");
    meanwhile.add(() -> other(message("place")));

    assertThat(turn(pay).join()).isEqualTo(Answer.ACCEPTED);

    assertThat(state(pay)).isEqualTo(MessageState.CONSUMED);
  }

  @Test
  void a_message_that_would_wait_while_another_gateway_ends_its_conversation_is_refused() {
    deployments = deployed(short2());
    other(message("place"));
    var cancel = message("cancel");
    meanwhile.add(
        () -> {
          other(message("pay"));
          other(message("cancel"));
        });

    assertThat(House.kind(turn(cancel))).containsExactly(FaultKind.TOO_LATE);
    assertThat(store.counts()).containsEntry("waitingMessages", 0L);
  }

  @Test
  void a_conversation_that_ends_while_another_gateway_queues_for_it_collects_what_it_queued() {
    deployments = deployed(short2());
    other(message("place"));
    var cancel = message("cancel");
    var late = message("cancel");
    other(cancel);
    meanwhile.add(() -> other(late));

    assertThat(turn(message("pay")).join()).isEqualTo(Answer.ACCEPTED);

    assertThat(state(cancel)).isEqualTo(MessageState.CONSUMED);
    assertThat(state(late)).isEqualTo(MessageState.COLLECTED);
  }

  @Test
  void what_rests_on_a_batch_that_others_have_built_on_meanwhile_loses_too() {
    var here = new Batches(store, () -> ++ids, () -> deployments);
    var _ = here.hear(() -> {});
    var place = here.prepare(inputs("place"), null, NOON);
    here.commit(place);
    other(message("pay"));
    var _ = here.hear(() -> {});

    var cancel = here.prepare(inputs("cancel"), place, NOON);

    assertThatThrownBy(() -> here.commit(cancel))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isLostRace()).isTrue());
  }

  @Test
  void a_deployment_under_numbers_that_another_gateway_has_used_is_refused() {
    var row =
        new DeploymentRow(1, 1, "shop", Digest.of("shop"), numbers(1), numbers(1), Blob.EMPTY);
    try (var turns = turns(Limits.DEFAULT)) {
      var same = turns.submit(new TurnInput.Deploy(row));
      var next =
          turns.submit(
              new TurnInput.Deploy(
                  new DeploymentRow(
                      2, 2, "shop", Digest.of("shop"), numbers(2), numbers(2), Blob.EMPTY)));

      assertThat(next.join()).isEqualTo(Answer.ACCEPTED);
      assertThat(House.kind(same)).containsExactly(FaultKind.UNAVAILABLE);
    }
  }

  private static SortedMap<String, Integer> numbers(int number) {
    return new TreeMap<>(Map.of("shop", number));
  }

  private List<Pending> inputs(String operation) {
    return List.of(House.pending(Turns.arrival(message(operation), deployments)));
  }

  /** A payment, then a cancellation. */
  private static ExecutableProcess short2() {
    return Shop.compile(
        "",
        start("placed", "place"),
        receive("paid", "pay"),
        receive("cancelled", "cancel"),
        end("end"),
        path("placed", "paid", "cancelled", "end"));
  }

  private static Deployments deployed(ExecutableProcess process) {
    return deployed(1, process);
  }

  private static Deployments deployed(int definition, ExecutableProcess process) {
    return Deployments.NONE.with(List.of(new ProcessVersion(definition, 1, process)));
  }

  /** Decides and commits a message. */
  private CompletableFuture<Answer> turn(Message message) {
    try (var turns = turns(Limits.DEFAULT)) {
      var answer = turns.submit(message);
      answer.join();
      return answer;
    }
  }

  private MessageState state(Message message) {
    var rows = store.messages(List.of(message.id()));
    return Objects.requireNonNull(rows.get(message.id())).state();
  }

  @Test
  void a_version_that_is_not_loaded_here_is_loaded_before_its_instance_goes_on() {
    other(message("place"));
    var known = deployments;
    var behind = new AtomicReference<>(Deployments.NONE);
    var batches = new Batches(store, () -> ++ids, behind::get);
    var pay = House.pending(Turns.arrival(message("pay"), known));

    behind.set(deployed(2, BatchTest.long3()));
    assertThatThrownBy(() -> batches.prepare(List.of(pay), null, NOON))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.isLostRace()).isTrue());
    var _ = batches.hear(() -> behind.set(known));

    batches.commit(batches.prepare(List.of(pay), null, NOON));
    assertThat(version()).isEqualTo(1);
  }

  @Test
  void who_always_loses_is_refused_at_last() {
    try (var turns =
        new Turns(
            new StoreAround(store) {
              @Override
              public void commit(Batch batch, ReadSet reads) {
                throw StoreException.lostRace("as this test wants it");
              }
            },
            () -> NOON,
            Limits.DEFAULT)) {
      turns.use(deployments);
      turns.start();

      var answer = turns.submit(message("place"));

      answer.join();
      assertThat(House.kind(answer)).containsExactly(FaultKind.UNAVAILABLE);
    }
  }

  @Test
  void what_lost_is_split_in_the_order_in_which_it_came() {
    var inputs = new ArrayList<Pending>();
    for (int i = 0; i < 5; i++) {
      inputs.add(House.pending(new TurnInput.Abandoned(message("place").id())));
    }
    var races = new LostRaces();

    races.lost(Attempt.first(inputs));
    races.lost(races.next().orElseThrow());

    var order = new ArrayList<Pending>();
    for (var next = races.next(); next.isPresent(); next = races.next()) {
      order.addAll(next.get().inputs());
    }
    assertThat(order).isEqualTo(inputs);
  }

  private Message message(String operation) {
    return Shop.message(++ids, operation, "7");
  }

  private Turns turns(Limits limits) {
    var turns = new Turns(around(), () -> NOON, limits);
    turns.use(deployments);
    turns.start();
    return turns;
  }

  private Store around() {
    return new StoreAround(store) {
      @Override
      public void commit(Batch batch, ReadSet reads) {
        var first = meanwhile.poll();
        if (first != null) {
          first.run();
        }
        super.commit(batch, reads);
        if (!batch.isEmpty()) {
          committed.add(batch.newMessages().size());
        }
      }
    };
  }

  /** Another gateway takes a message, from the beginning to the end. */
  private void other(Message message) {
    var _ = others.hear(() -> {});
    var input = House.pending(Turns.arrival(message, deployments));
    var prepared = others.prepare(List.of(input), null, NOON);
    others.commit(prepared);
    others.release(prepared);
  }

  private int version() {
    var id = store.instanceIds(new InstanceId(0), 1).getFirst();
    return store.instances(List.of(id)).values().iterator().next().version();
  }
}
