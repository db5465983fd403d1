package dev.parley.store;

import static dev.parley.store.Samples.CANCEL;
import static dev.parley.store.Samples.live;
import static dev.parley.store.Samples.waitingIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Digest;
import dev.parley.message.MessageKind;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.WaitingRow;
import dev.parley.store.Write.Session;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Never hides a message that waits, and mostly knows where none does. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WaitingFilterTest {
  private static final int BITS = 1024;
  private static final int ENOUGH = BITS / 8;

  @TempDir private Path folder;
  private Session session;
  private WaitingFilter filter;
  private SqliteWriter writer;

  @BeforeEach
  void opens() throws Exception {
    Path file = folder.resolve(SqliteFile.NAME);
    Connection connection = Sql.writing(file);
    Schema.CURRENT.migrate(connection, file);
    session = new Session(connection, new Names(connection));
    filter = new WaitingFilter(session, BITS);
    writer = new SqliteWriter(session, new RecentIdentities(session, 8), filter);
  }

  @AfterEach
  void closes() throws Exception {
    session.connection().close();
  }

  @Test
  void surely_nothing_waits_under_most_keys_of_an_empty_store() {
    assertThat(mayWait(0, BITS)).isZero();
  }

  @Test
  void a_message_may_wait_once_it_is_committed_and_few_other_keys_share_its_bit() {
    commit(row(1));

    assertThat(filter.mayWait(key(1))).isTrue();
    assertThat(mayWait(0, BITS)).isLessThan(10);
  }

  @Test
  void a_filter_that_is_opened_knows_who_waits() throws Exception {
    for (int i = 0; i < 100; i++) {
      commit(row(i));
    }

    assertThat(mayWait(new WaitingFilter(session, BITS), 0, 100)).isEqualTo(100);
    assertThat(mayWait(new WaitingFilter(session, BITS), 1000, 2000)).isLessThan(200);
  }

  @Test
  void keys_are_forgotten_when_enough_messages_have_come_and_gone() {
    for (int i = 0; i < ENOUGH; i++) {
      commit(row(i));
      writer.commit(new BatchOf().goneWaiting(row(i)).batch());
    }
    commit(row(5000));

    assertThat(filter.mayWait(key(5000))).isTrue();
    assertThat(mayWait(0, ENOUGH)).isLessThan(10);
  }

  @Test
  void a_batch_that_failed_only_makes_the_filter_less_sure() {
    assertThatThrownBy(
            () ->
                writer.commit(
                    new BatchOf()
                        .newWaiting(row(1))
                        .changedInstances(live(1, 2, "missing"))
                        .batch()))
        .isInstanceOf(StoreException.class);
    commit(row(1));

    assertThat(filter.mayWait(key(1))).isTrue();
  }

  @Test
  void where_too_many_wait_a_message_may_wait_anywhere_until_they_are_gone() throws Exception {
    var rows = IntStream.range(0, BITS).mapToObj(WaitingFilterTest::row).toList();
    writer.commit(new BatchOf().newWaiting(rows.toArray(WaitingRow[]::new)).batch());
    filter.refresh();
    assertThat(mayWait(0, 3 * BITS)).isEqualTo(3 * BITS);

    writer.commit(new BatchOf().goneWaiting(rows.toArray(WaitingRow[]::new)).batch());
    for (int i = 0; i <= BITS / 2; i++) {
      commit(row(i));
      writer.commit(new BatchOf().goneWaiting(row(i)).batch());
    }
    assertThat(mayWait(0, 3 * BITS)).isLessThan(100);
  }

  @Test
  void random_operations_never_hide_a_waiting_message() throws Exception {
    closes();
    var random = new Random(20260101);
    var waiting = new ArrayList<WaitingRow>();
    var store = SqliteStore.open(folder, 8, 256);
    for (int step = 1; step <= 300; step++) {
      var batch = new BatchOf();
      for (int count = random.nextInt(4); count > 0 && !waiting.isEmpty(); count--) {
        batch.goneWaiting(waiting.remove(random.nextInt(waiting.size())));
      }
      for (int count = random.nextInt(4); count > 0; count--) {
        var row = waitingIn(slot(random.nextInt(400)), step * 10L + count);
        batch.newWaiting(row);
        waiting.add(row);
      }
      store.commit(batch.batch());
      if (random.nextInt(50) == 0) {
        store.close();
        store = SqliteStore.open(folder, 8, 256);
      }
      assertLike(waiting, store, random.nextInt(400));
      for (var row : waiting) {
        assertThat(store.waiting(List.of(row.slot()), 99)).contains(row);
      }
    }
    store.close();
    opens();
  }

  @Test
  void readers_find_whatever_waited_before_they_asked() throws Exception {
    closes();
    try (var store = SqliteStore.open(folder, 8, 64)) {
      var committed = new AtomicInteger();
      var writing =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 1; i <= 500; i++) {
                  var batch = new BatchOf().newWaiting(row(i));
                  store.commit((i > 20 ? batch.goneWaiting(row(i - 20)) : batch).batch());
                  committed.set(i);
                }
              });
      do {
        int newest = committed.get();
        boolean found = newest == 0 || store.waitingUnder(List.of(key(newest))).size() == 1;
        // It may have gone meanwhile.
        assertThat(found || committed.get() + 1 >= newest + 20).isTrue();
      } while (!writing.isDone());
      writing.get(1, TimeUnit.MINUTES);
    }
    opens();
  }

  private static void assertLike(List<WaitingRow> waiting, Store store, int number) {
    var slot = slot(number);
    var expected = waiting.stream().filter(row -> row.slot().equals(slot)).toList();
    assertThat(store.waiting(List.of(slot), 99)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(store.waitingUnder(List.of(slot.key())))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private void commit(WaitingRow row) {
    writer.commit(new BatchOf().newWaiting(row).batch());
  }

  private long mayWait(int from, int to) {
    return mayWait(filter, from, to);
  }

  private static long mayWait(WaitingFilter filter, int from, int to) {
    return IntStream.range(from, to).filter(i -> filter.mayWait(key(i))).count();
  }

  private static WaitingRow row(int number) {
    return waitingIn(slot(number), number + 1);
  }

  private static Slot slot(int number) {
    return new Slot(key(number), CANCEL, MessageKind.INPUT);
  }

  private static Digest key(int number) {
    return Digest.of("order", "" + number);
  }
}
