package dev.parley.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Answer;
import dev.parley.message.Blob;
import dev.parley.message.Body;
import dev.parley.message.Digest;
import dev.parley.message.FaultKind;
import dev.parley.message.MessageId;
import dev.parley.model.Shop;
import dev.parley.store.Batch;
import dev.parley.store.ReadSet;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.SqliteStore;
import dev.parley.store.Store;
import dev.parley.store.StoreAround;
import dev.parley.turn.Turns.Limits;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The threads around batches, with a store whose commits wait until they are let through. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TurnsTest {
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

  private static final DeploymentRow ROW =
      new DeploymentRow(1, 1, "shop", Digest.of("shop"), Map.of(), Map.of(), Blob.EMPTY);

  private static final TurnInput NOTHING = new TurnInput.Expired(List.of());

  @TempDir private Path data;

  private final Semaphore commits = new Semaphore(0);
  private final CountDownLatch committing = new CountDownLatch(1);
  private final List<Checkpoint> reached = new ArrayList<>();

  @Test
  void nobody_is_answered_before_the_commit() throws Exception {
    try (var store = SqliteStore.open(data);
        var turns = started(gated(store), Limits.DEFAULT)) {
      var outcome = turns.submit(new TurnInput.Deploy(ROW));
      committing.await();

      assertThat(outcome).isNotDone();
      assertThat(reached).containsExactly(Checkpoint.BATCH_DECIDED);

      commits.release(100);
      assertThat(outcome.join()).isEqualTo(Answer.ACCEPTED);
    }
  }

  @Test
  void more_inputs_than_may_wait_are_refused_and_told_to_come_again() throws Exception {
    try (var store = SqliteStore.open(data);
        var turns = new Turns(store, () -> NOON, new Limits(1, 1, 2, 1_000))) {
      assertThat(turns.submit(answered(10))).isNotDone();
      assertThat(turns.submit(answered(10))).isNotDone();

      var third = turns.submit(answered(10));

      assertThat(House.kind(third)).containsExactly(FaultKind.UNAVAILABLE);
      turns.start();
    }
  }

  @Test
  void more_bytes_than_may_wait_are_refused_until_there_is_room_again() throws Exception {
    var inbox = new Inbox(new Limits(10, 1_000, 10, 100));
    assertThat(inbox.offer(House.pending(answered(90)))).isTrue();
    assertThat(inbox.offer(House.pending(answered(90)))).isFalse();
    assertThat(inbox.offer(House.pending(answered(10)))).isTrue();

    assertThat(inbox.take()).hasSize(2);
    assertThat(inbox.offer(House.pending(answered(500)))).as("alone it has room").isTrue();
  }

  @Test
  void a_batch_ends_with_the_input_that_makes_it_large_enough() throws Exception {
    var inbox = new Inbox(new Limits(3, 100, 10, 1_000));
    for (int size : List.of(60, 60, 1, 1, 1, 1)) {
      assertThat(inbox.offer(House.pending(answered(size)))).isTrue();
    }

    assertThat(inbox.take()).hasSize(2);
    assertThat(inbox.take()).hasSize(3);
    assertThat(inbox.take()).hasSize(1);
  }

  @Test
  void an_answer_that_is_committed_while_the_gateway_stops_reaches_its_caller() throws Exception {
    var decided = new Semaphore(0);
    var goOn = new Semaphore(1);
    try (var store = SqliteStore.open(data);
        var turns = new Turns(store, () -> NOON, Limits.DEFAULT)) {
      turns.use(Deployments.NONE.with(List.of(new ProcessVersion(1, 1, ExchangeTest.asking()))));
      turns.watch(held(decided, goOn), () -> {});
      turns.start();
      var caller = turns.submit(Shop.message(1, "ask", "7"));
      decided.acquire();
      var _ = turns.submit(NOTHING);
      decided.acquire();
      // While the decider is held, one batch gathers: what answers the caller, the stop, and one
      // more input, whose release is slow.
      var _ = turns.submit(Shop.message(2, "pay", "7"));
      var closing = Thread.ofPlatform().start(turns::close);
      until(closing, "CompletableFuture.join");
      var _ = turns.submit(NOTHING).thenRun(() -> until(closing, "awaitTermination"));
      goOn.release(100);

      closing.join();

      assertThat(caller.join()).isInstanceOf(Answer.Reply.class);
    }
  }

  private static Checkpoint.Probe held(Semaphore decided, Semaphore goOn) {
    return checkpoint -> {
      if (checkpoint == Checkpoint.BATCH_DECIDED) {
        decided.release();
        goOn.acquireUninterruptibly();
      }
    };
  }

  /** Until this thread is there. */
  private static void until(Thread thread, String method) {
    while (Stream.of(thread.getStackTrace()).noneMatch(f -> f.toString().contains(method))) {
      Thread.onSpinWait();
    }
  }

  /** An input of so many bytes. */
  private static TurnInput answered(int bytes) {
    var body = Body.of("x".repeat(bytes));
    return new TurnInput.Sent(new MessageId(1), new TurnInput.SendOutcome.Answered(body));
  }

  private Turns started(Store store, Limits limits) {
    var turns = new Turns(store, () -> NOON, limits);
    turns.watch(reached::add, () -> {});
    turns.start();
    return turns;
  }

  private Store gated(Store store) {
    return new StoreAround(store) {
      @Override
      public void commit(Batch batch, ReadSet reads) {
        committing.countDown();
        commits.acquireUninterruptibly();
        super.commit(batch, reads);
      }
    };
  }
}
