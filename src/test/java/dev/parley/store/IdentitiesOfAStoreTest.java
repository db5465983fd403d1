package dev.parley.store;

import static dev.parley.store.Samples.identity;
import static dev.parley.store.Samples.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Digest;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.IdentityRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever a store keeps an identity, it is the same to who asks. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class IdentitiesOfAStoreTest {
  private static final int CAPACITY = 8;

  @TempDir private Path folder;
  private SqliteStore store;

  @BeforeEach
  void opens() throws Exception {
    store = SqliteStore.open(folder, CAPACITY, 64);
  }

  @AfterEach
  void closes() {
    store.close();
  }

  @Test
  void identities_are_counted_once_while_they_are_merged() {
    for (int id = 1; id <= 3 * CAPACITY; id++) {
      store.commit(new BatchOf().identities(row(id)).batch());

      assertThat(store.counts()).containsEntry("identities", (long) id);
    }
  }

  @Test
  void random_batches_closes_and_failures_are_like_a_map() throws Exception {
    var random = new Random(20260101);
    var model = new HashMap<Digest, IdentityRow>();
    for (int step = 1; step <= 300; step++) {
      var batch = new BatchOf();
      var adding = new HashMap<Digest, IdentityRow>();
      for (int count = random.nextInt(4) * random.nextInt(4); count > 0; count--) {
        var row =
            new IdentityRow(row(random.nextInt(10_000)).identity(), new MessageId(step), -step);
        batch.identities(row);
        adding.put(row.identity(), row);
      }
      boolean known =
          batch.batch().identities().size() > adding.size()
              || adding.keySet().stream().anyMatch(model::containsKey);
      if (known || random.nextInt(5) == 0) {
        var lost = batch.changedInstances(live(1, 2, "missing")).batch();
        assertThatThrownBy(() -> store.commit(lost)).isInstanceOf(StoreException.class);
      } else {
        store.commit(batch.batch());
        model.putAll(adding);
      }
      if (random.nextInt(20) == 0) {
        closes();
        opens();
      }
      assertThat(store.identities(model.keySet())).isEqualTo(model);
    }
  }

  @Test
  void readers_find_whatever_was_committed_before_they_asked() throws Exception {
    var committed = new AtomicInteger();
    var writing =
        CompletableFuture.runAsync(
            () -> {
              for (int id = 1; id <= 500; id++) {
                store.commit(new BatchOf().identities(row(id)).batch());
                committed.set(id);
              }
            });
    do {
      int known = committed.get();
      var asked = new ArrayList<Digest>();
      for (int id = Math.max(1, known - 3 * CAPACITY); id <= known; id++) {
        asked.add(row(id).identity());
      }
      assertThat(store.identities(asked)).hasSameSizeAs(asked);
    } while (!writing.isDone());
    writing.get(1, TimeUnit.MINUTES);
  }

  private static IdentityRow row(int id) {
    return identity("" + id, id);
  }
}
