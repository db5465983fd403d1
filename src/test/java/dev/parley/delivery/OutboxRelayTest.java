package dev.parley.delivery;

import static dev.parley.model.Drawing.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.message.Fault;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.model.Shop;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import dev.parley.store.SqliteStore;
import dev.parley.store.StoreUnusable;
import dev.parley.turn.Deployments;
import dev.parley.turn.ProcessVersion;
import dev.parley.turn.TurnInput;
import dev.parley.turn.Turns;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an outbound message, by what its partner does. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OutboxRelayTest {
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private static final Attempt.Failed DOWN = new Attempt.Failed("connection refused", true, true);
  private static final Attempt.Failed FORBIDDEN = new Attempt.Failed("HTTP 403", false, false);

  @TempDir Path folder;

  /** A partner that does what it is told, one attempt after another. */
  private static final class Partner implements PartnerTransport {
    private final BlockingQueue<Attempt> script = new LinkedBlockingQueue<>();
    private final List<String> wireIds = new ArrayList<>();

    @Override
    public boolean carries(String endpoint) {
      return true;
    }

    @Override
    public Attempt send(Consignment consignment) {
      wireIds.add(consignment.wireId());
      var next = script.poll();
      if (next == null) {
        throw new IllegalStateException("no more attempts expected, as this test wants it");
      }
      return next;
    }
  }

  /** Turns and relay with a clock set by hand; a settled outbox row is waited for. */
  private static final class Office implements AutoCloseable {
    private final SqliteStore store;
    private final Turns turns;
    private final OutboxRelay relay;
    private volatile Instant now;
    private final BlockingQueue<MessageId> scheduled = new LinkedBlockingQueue<>();

    Office(Path folder, ExecutableProcess process, Partner partner, Instant now)
        throws StoreUnusable {
      this.now = now;
      store = SqliteStore.open(folder);
      turns = new Turns(store, () -> this.now, Turns.Limits.DEFAULT);
      turns.use(Deployments.NONE.with(List.of(new ProcessVersion(1, 1, process))));
      relay = new OutboxRelay(turns, List.of(partner), () -> this.now, _ -> {});
      relay.remind((id, _) -> scheduled.add(id));
      turns.listen(relay);
      turns.start();
    }

    OutboxRow row(MessageId id) {
      return Objects.requireNonNull(store.outbox(List.of(id)).get(id));
    }

    /** Turns are made until the row is as expected. */
    OutboxRow until(MessageId id, Predicate<OutboxRow> expected) {
      for (int i = 0; i < 20_000 && !expected.test(row(id)); i++) {
        turns.submit(new TurnInput.Expired(List.of())).join();
      }
      assertThat(row(id)).matches(expected);
      return row(id);
    }

    void awaitSchedule() throws InterruptedException {
      assertThat(scheduled.poll(30, TimeUnit.SECONDS)).isNotNull();
    }

    @Override
    public void close() {
      relay.close();
      turns.close();
      store.close();
    }
  }

  private static ExecutableProcess telling(String... attributes) {
    return Shop.compile(
        "",
        noneStart("start"),
        tell("tell", attributes),
        timer("w", "P1D"),
        path("start", "tell", "w"));
  }

  private OutboxRow outcome(ExecutableProcess process, Attempt attempt) throws Exception {
    var partner = new Partner();
    partner.script.add(attempt);
    try (var office = new Office(folder, process, partner, NOON)) {
      office.turns.submit(new TurnInput.Start("sell", new InstanceId(1))).join();
      return office.until(awaitRow(office), r -> r.attempts() == 1);
    }
  }

  /** The only outbound message: its id lies between those made before and after it. */
  private static MessageId awaitRow(Office office) {
    long last = office.turns.nextId().value();
    for (long id = last; id > last - 100_000; id--) {
      var found = office.store.outbox(List.of(new MessageId(id)));
      if (!found.isEmpty()) {
        return new MessageId(id);
      }
    }
    throw new AssertionError("Nothing was sent");
  }

  @Test
  void an_acknowledged_message_is_delivered() throws Exception {
    assertThat(outcome(telling(), Attempt.ACKNOWLEDGED).state()).isEqualTo(OutboxState.DELIVERED);
  }

  @Test
  void a_message_answered_with_a_fault_is_delivered_and_leaves_an_incident() throws Exception {
    var fault = new Attempt.Faulted(new Fault.Declared(Shop.NO_FUNDS, Shop.refusal("no"), "no"));
    assertThat(outcome(telling(), fault).state()).isEqualTo(OutboxState.DELIVERED);
  }

  @Test
  void a_partner_that_is_down_is_tried_again_after_the_back_off() throws Exception {
    var row = outcome(telling("parley:backoff=\"PT3S\""), DOWN);
    assertThat(row.state()).isEqualTo(OutboxState.PENDING);
    assertThat(row.nextAttempt()).isEqualTo(NOON.plusSeconds(3));
    assertThat(row.lastError()).isEqualTo("connection refused");
  }

  @Test
  void a_refusal_for_good_is_not_tried_again() throws Exception {
    assertThat(outcome(telling(), FORBIDDEN).state()).isEqualTo(OutboxState.FAILED);
  }

  @Test
  void at_most_once_is_tried_once() throws Exception {
    assertThat(outcome(telling("parley:assurance=\"atMostOnce\""), DOWN).state())
        .isEqualTo(OutboxState.FAILED);
  }

  @Test
  void the_last_attempt_that_the_policy_allows_fails() throws Exception {
    assertThat(outcome(telling("parley:attempts=\"1\""), DOWN).state())
        .isEqualTo(OutboxState.FAILED);
  }

  @Test
  void no_attempt_is_planned_after_the_deadline() throws Exception {
    var row = outcome(telling("parley:deadline=\"PT10S\" parley:backoff=\"PT11S\""), DOWN);
    assertThat(row.state()).isEqualTo(OutboxState.FAILED);
  }

  @Test
  void every_attempt_bears_the_same_id_and_the_next_waits_longer() throws Exception {
    var partner = new Partner();
    partner.script.addAll(List.of(DOWN, DOWN, Attempt.ACKNOWLEDGED));
    try (var office = new Office(folder, telling("parley:backoff=\"PT1S\""), partner, NOON)) {
      office.turns.submit(new TurnInput.Start("sell", new InstanceId(1))).join();
      var id = awaitRow(office);
      office.awaitSchedule();
      office.relay.redeliver(id);
      office.awaitSchedule();
      assertThat(office.row(id).nextAttempt()).isEqualTo(NOON.plusSeconds(2));
      office.relay.redeliver(id);
      office.until(id, r -> r.state() == OutboxState.DELIVERED);
      assertThat(partner.wireIds).hasSize(3);
      assertThat(partner.wireIds.stream().distinct()).hasSize(1);
      office.relay.redeliver(id);
      assertThat(partner.wireIds).hasSize(3);
    }
  }

  @Test
  void a_transport_that_throws_is_a_failed_attempt() throws Exception {
    var partner = new Partner();
    try (var office = new Office(folder, telling(), partner, NOON)) {
      office.turns.submit(new TurnInput.Start("sell", new InstanceId(1))).join();
      var row = office.until(awaitRow(office), r -> r.attempts() == 1);
      assertThat(row.state()).isEqualTo(OutboxState.PENDING);
    }
  }

  @Test
  void after_a_restart_at_most_once_is_in_doubt_and_at_least_once_is_sent_again() throws Exception {
    assertThat(afterRestart("parley:assurance=\"atMostOnce\"", NOON))
        .matches(r -> r.state() == OutboxState.FAILED)
        .matches(r -> r.lastError().startsWith("In doubt"));
  }

  @Test
  void after_a_restart_at_least_once_is_sent_again() throws Exception {
    assertThat(afterRestart("", NOON).state()).isEqualTo(OutboxState.DELIVERED);
  }

  @Test
  void after_a_restart_past_its_deadline_nothing_is_sent() throws Exception {
    assertThat(afterRestart("", NOON.plus(Duration.ofHours(2))))
        .matches(r -> r.state() == OutboxState.FAILED)
        .matches(r -> r.lastError().contains("time for its delivery was over"));
  }

  /** The first gateway ended before it sent anything; what the second one makes of it. */
  private OutboxRow afterRestart(String attributes, Instant later) throws Exception {
    var process = telling(attributes);
    MessageId id;
    try (var office = new Office(folder, process, new Partner(), NOON)) {
      office.relay.close();
      office.turns.submit(new TurnInput.Start("sell", new InstanceId(1))).join();
      id = awaitRow(office);
    }
    var partner = new Partner();
    partner.script.add(Attempt.ACKNOWLEDGED);
    try (var office = new Office(folder, process, partner, later)) {
      office.relay.recover(office.row(id));
      return office.until(id, r -> r.state() != OutboxState.PENDING);
    }
  }
}
