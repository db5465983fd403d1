package dev.parley.retention;

import static dev.parley.model.Drawing.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.model.Shop;
import dev.parley.store.SqliteStore;
import dev.parley.turn.Batches;
import dev.parley.turn.Batches.Pending;
import dev.parley.turn.Deployments;
import dev.parley.turn.IdSource;
import dev.parley.turn.ProcessVersion;
import dev.parley.turn.Time;
import dev.parley.turn.Turns;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CollectorTest {
  private static final Retention RETENTION =
      new Retention(Duration.ofDays(7), 1000, Duration.ofHours(1), 10, 1000, Duration.ofDays(30));

  @TempDir private Path folder;
  private SqliteStore store;
  private Collector collector;
  private Batches batches;
  private Deployments deployments;
  private IdSource ids;
  private Instant now = Instant.parse("2030-01-01T12:00:00Z");

  @BeforeEach
  void opens() throws Exception {
    store = SqliteStore.open(folder);
    collector = new Collector(store, RETENTION, Time.REAL);
    ids = new IdSource(() -> now, store.bootId());
    deployments = Deployments.NONE.with(List.of(new ProcessVersion(1, 1, shop())));
    batches = new Batches(store, ids, () -> deployments);
  }

  @AfterEach
  void closes() {
    store.close();
  }

  /** Answers at once, or is paid and ends. */
  private static ExecutableProcess shop() {
    return Shop.compile(
        "parley:onUnknown=\"discard\"",
        start("asked", "ask"),
        reply("reply"),
        start("placed", "place"),
        receive("paid", "pay"),
        end("end"),
        path("asked", "reply", "end"),
        path("placed", "paid", "end"));
  }

  @Test
  void a_duplicate_gets_the_reply_while_it_is_kept_and_is_then_told_that_it_was_taken() {
    var reply = send("a", "ask", "7");
    assertThat(reply).isInstanceOf(Answer.Reply.class);

    passes(Duration.ofMinutes(59));
    assertThat(send("a", "ask", "7")).isEqualTo(reply);

    passes(Duration.ofMinutes(2));
    assertThat(kind(send("a", "ask", "7"))).isEqualTo(FaultKind.DUPLICATE_MESSAGE);
  }

  @Test
  void the_oldest_replies_are_forgotten_when_there_are_too_many() {
    for (int question = 1; question <= 11; question++) {
      send("id-" + question, "ask", "" + question);
      passes(Duration.ofSeconds(1));
    }

    assertThat(kind(send("id-1", "ask", "1"))).isEqualTo(FaultKind.DUPLICATE_MESSAGE);
    assertThat(send("id-2", "ask", "2")).isInstanceOf(Answer.Reply.class);
  }

  @Test
  void a_duplicate_of_an_accepted_message_is_accepted_during_the_whole_window() {
    assertThat(send("a", "place", "7")).isEqualTo(Answer.ACCEPTED);

    passes(Duration.ofDays(7));

    assertThat(send("a", "place", "7")).isEqualTo(Answer.ACCEPTED);
    assertThat(store.counts()).containsEntry("liveInstances", 1L);
  }

  @Test
  void after_the_window_a_message_is_judged_afresh() {
    send("a", "ask", "7");

    passes(Duration.ofDays(8));

    assertThat(send("a", "ask", "7")).isInstanceOf(Answer.Reply.class);
    assertThat(store.counts()).containsEntry("instances", 2L);
  }

  @Test
  void a_finished_instance_goes_with_everything_it_had_and_its_conversation_is_unknown() {
    send("a", "place", "7");
    send("b", "pay", "7");
    assertThat(kind(send("late", "pay", "7"))).isEqualTo(FaultKind.TOO_LATE);
    send("c", "place", "8");

    passes(Duration.ofDays(29));
    assertThat(store.counts()).containsEntry("instances", 2L).containsEntry("messages", 3L);

    passes(Duration.ofDays(2));
    assertThat(store.counts())
        .containsEntry("instances", 1L)
        .containsEntry("liveInstances", 1L)
        .containsEntry("messages", 1L)
        .containsEntry("turns", 1L)
        .containsEntry("keys", 1L)
        .containsEntry("identities", 0L);
    assertThat(send("d", "pay", "7")).isEqualTo(Answer.ACCEPTED);
    assertThat(store.counts()).containsEntry("waitingMessages", 0L);
  }

  @Test
  void a_discarded_message_stays_as_long_as_its_identity() {
    assertThat(send("a", "pay", "7")).isEqualTo(Answer.ACCEPTED);

    passes(Duration.ofDays(8));
    assertThat(store.counts()).containsEntry("messages", 1L);

    passes(Duration.ofDays(3));
    assertThat(store.counts()).containsEntry("messages", 0L);
  }

  @Test
  void more_instances_than_a_piece_has_go_together() {
    for (int order = 1; order <= 450; order++) {
      send("a" + order, "ask", "" + order);
    }

    passes(Duration.ofDays(31));

    assertThat(store.counts()).containsEntry("instances", 0L).containsEntry("turns", 0L);
  }

  private void passes(Duration duration) {
    now = now.plus(duration);
    collector.collect(now);
  }

  private Answer send(String identity, String operation, String order) {
    var headers = Headers.identified(identity);
    var body = Shop.body(operation, order, "");
    Message message = Shop.message(ids.getAsLong(), operation, body, headers);
    var pending = new Pending(Turns.arrival(message, deployments), new CompletableFuture<>());
    var prepared = batches.prepare(List.of(pending), null, now);
    batches.commit(prepared);
    batches.release(prepared);
    return pending.outcome().join();
  }

  private static FaultKind kind(Answer answer) {
    return ((Fault.Gateway) ((Answer.Faulted) answer).fault()).kind();
  }
}
