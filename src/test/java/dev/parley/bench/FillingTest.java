package dev.parley.bench;

import static dev.parley.bench.Filling.FIRST_QUEUED;
import static dev.parley.bench.Filling.FIRST_REMEMBERED;
import static dev.parley.bench.Filling.FIRST_REMEMBERED_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Gateway;
import dev.parley.Surroundings;
import dev.parley.bench.Workload.Operation;
import dev.parley.deployment.Bundles;
import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.MessageId;
import dev.parley.store.Overview.QueueFilter;
import dev.parley.turn.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway takes what was filled in for what it has itself decided and written. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FillingTest {
  private static final Path BUNDLE = Path.of("bench/bundle");
  private static final Stock STOCK = new Stock(30, 20, 5000);
  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir private Path data;
  private final Inside inside = new Inside();
  private Gateway gateway;
  private Copies copies;

  @BeforeEach
  void fill_and_start() throws Exception {
    Filling.fill(data, BUNDLE, STOCK, AT, new Progress(System.err));
    Time time = () -> AT.plus(Duration.ofHours(1));
    gateway =
        Gateway.start(
            Filling.config(data),
            List.of(Bundles.read(BUNDLE)),
            new Surroundings(time, _ -> {}, inside));
    var sample = new Filling.Kind("sample", Operation.OPEN, 99, 99);
    copies = new Copies(inside.sent(gateway.address(), sample, 0), 99);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void everything_is_there_besides_the_samples() {
    var counts = gateway.store().counts();

    assertThat(counts)
        .containsEntry("liveInstances", 32L)
        .containsEntry("waitingMessages", 20L)
        .containsEntry("identities", 5052L);
    assertThat(gateway.store().deployments()).hasSize(1);
  }

  @Test
  void the_last_waiting_instance_takes_its_message() {
    long before = count("turns");

    var ping = new Filling.Kind("ping", Operation.PING, Pool.key(29), 1);
    inside.sent(gateway.address(), ping, 0);

    assertThat(gateway.store().counts())
        .containsEntry("turns", before + 1)
        .containsEntry("waitingMessages", 20L);
  }

  @Test
  void a_message_whose_identity_is_remembered_is_a_duplicate() {
    long before = count("instances");

    assertThat(submit(FIRST_REMEMBERED_KEY + 4999, FIRST_REMEMBERED + 4999))
        .isEqualTo(Answer.ACCEPTED);
    assertThat(gateway.store().counts()).containsEntry("instances", before);
  }

  @Test
  void another_message_under_a_remembered_identity_is_refused() {
    assertThat(submit(FIRST_REMEMBERED_KEY + 1, FIRST_REMEMBERED))
        .isInstanceOfSatisfying(
            Answer.Faulted.class,
            faulted ->
                assertThat(faulted.fault())
                    .isInstanceOfSatisfying(
                        Fault.Gateway.class,
                        f -> assertThat(f.kind()).isEqualTo(FaultKind.IDENTITY_REUSED)));
  }

  @Test
  void a_new_identity_begins_an_instance() {
    long before = count("instances");

    assertThat(submit(FIRST_REMEMBERED_KEY + 1, FIRST_QUEUED - 1)).isEqualTo(Answer.ACCEPTED);
    assertThat(gateway.store().counts()).containsEntry("instances", before + 1);
  }

  @Test
  void a_queued_message_is_due_when_the_bundle_says() {
    var queued = gateway.store().queued(QueueFilter.ALL, new MessageId(0), 100);
    var rows = gateway.store().messages(queued);

    assertThat(rows).hasSize(20);
    assertThat(rows.values())
        .allSatisfy(row -> assertThat(row.expiresAt()).isEqualTo(AT.plus(Processes.KEPT_FOR)));
  }

  private long count(String what) {
    return Objects.requireNonNull(gateway.store().counts().get(what));
  }

  private Answer submit(long key, long identity) {
    return inside.door().submit(copies.of(inside.door().nextId(), key, identity)).join();
  }
}
