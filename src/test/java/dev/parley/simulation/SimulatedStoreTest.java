package dev.parley.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Digest;
import dev.parley.store.Batch;
import dev.parley.store.Rows.KeyRow;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.WaitingRow;
import dev.parley.store.SqliteStore;
import dev.parley.store.Store;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulated store answers as the real one does, after every commit of a simulation. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SimulatedStoreTest {
  @TempDir private Path folder;

  private final Set<Slot> slots = new LinkedHashSet<>();
  private final Set<Digest> keys = new LinkedHashSet<>();
  private final Set<Digest> identities = new LinkedHashSet<>();

  @Test
  void it_answers_as_the_real_store_does() throws Exception {
    for (long seed = 1; seed <= 3; seed++) {
      try (var real = SqliteStore.open(folder.resolve("seed-" + seed))) {
        var result =
            Simulation.run(
                seed,
                disk ->
                    (tables, batch) -> {
                      disk.write(tables, batch);
                      real.commit(batch);
                      remember(batch);
                      compare(tables, real);
                    });
        assertThat(result.violation()).isNull();
        assertThat(result.counts().commits()).isPositive();
      }
      slots.clear();
      keys.clear();
      identities.clear();
    }
  }

  private void remember(Batch batch) {
    batch.newSubscriptions().stream().map(SubscriptionRow::slot).forEach(slots::add);
    batch.newWaiting().stream().map(WaitingRow::slot).forEach(slots::add);
    batch.keys().stream().map(KeyRow::key).forEach(keys::add);
    slots.stream().map(Slot::key).forEach(keys::add);
    batch.identities().forEach(i -> identities.add(i.identity()));
  }

  private void compare(Tables tables, Store real) {
    var simulated = new SimulatedStore(tables, Tables::write);
    tables.boots--;
    var now = Agenda.BEGIN.plus(World.TROUBLE);
    assertThat(simulated.subscriptions(slots)).isEqualTo(real.subscriptions(slots));
    assertThat(simulated.waiting(slots, 2)).isEqualTo(real.waiting(slots, 2));
    assertThat(simulated.waitingUnder(keys)).hasSameElementsAs(real.waitingUnder(keys));
    assertThat(simulated.keys(keys)).isEqualTo(real.keys(keys));
    assertThat(simulated.identities(identities)).isEqualTo(real.identities(identities));
    assertThat(simulated.messages(tables.messages.keySet()))
        .isEqualTo(real.messages(tables.messages.keySet()));
    assertThat(simulated.outbox(tables.outbox.keySet()))
        .isEqualTo(real.outbox(tables.outbox.keySet()));
    assertThat(simulated.instances(tables.instances.keySet()))
        .isEqualTo(real.instances(tables.instances.keySet()));
    tables.instances.keySet().stream()
        .limit(3)
        .forEach(i -> assertThat(simulated.history(i)).isEqualTo(real.history(i)));
    assertThat(simulated.dueTimers(now, 5)).isEqualTo(real.dueTimers(now, 5));
    assertThat(simulated.dueOutbox(now, 5)).isEqualTo(real.dueOutbox(now, 5));
    assertThat(simulated.expired(now, 5)).hasSameElementsAs(real.expired(now, 5));
    assertThat(simulated.incidents(9)).isEqualTo(real.incidents(9));
    assertThat(simulated.counts()).isEqualTo(real.counts());
    assertThat(List.copyOf(simulated.deployments())).isEmpty();
  }
}
