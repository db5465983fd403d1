package dev.parley.store;

import static dev.parley.store.Samples.NOON;
import static dev.parley.store.Samples.instance;
import static dev.parley.store.Samples.live;
import static dev.parley.store.Samples.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.store.Cable.Cut;
import dev.parley.store.PostgresStore.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The way to the database breaks, and comes back. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresOutageTest {
  private static final Patience LITTLE =
      new Patience(Duration.ofMillis(200), Duration.ofMillis(300), Duration.ofSeconds(2));
  private static final Patience ENOUGH =
      new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(2));

  private static final String ALONE =
      "select pg_advisory_lock(1346458188, hashtext(coalesce(current_schema(), '')))";

  private PostgresScratch database;
  private Cable cable;

  @BeforeEach
  void lays() throws Exception {
    database = TestDatabase.empty();
    cable = new Cable(TestDatabase.port());
  }

  @AfterEach
  void clears() throws Exception {
    cable.close();
    database.close();
  }

  @Test
  void a_database_that_is_away_refuses_and_goes_on_when_it_is_back() throws Exception {
    try (var store = open(ENOUGH)) {
      commit(store, 1);

      cable.cut();
      assertThatThrownBy(() -> commit(store, 2))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.nothingWritten()).isTrue());
      assertThatThrownBy(() -> store.instances(List.of(instance(1))))
          .isInstanceOf(StoreException.class);
      assertThatThrownBy(store::counts).isInstanceOf(StoreException.class);

      cable.mend();
      commit(store, 2);
      assertThat(store.instances(List.of(instance(1), instance(2)))).hasSize(2);
      assertThat(store.counts()).containsEntry("instances", 2L);
    }
  }

  @Test
  void sessions_that_were_ended_while_nobody_used_them_are_replaced_unnoticed() throws Exception {
    try (var store = open(ENOUGH)) {
      commit(store, 1);
      assertThat(store.instances(List.of(instance(1)))).hasSize(1);

      endAllSessions();

      commit(store, 2);
      assertThat(store.instances(List.of(instance(1), instance(2)))).hasSize(2);
    }
  }

  @Test
  void a_commit_that_never_arrived_wrote_nothing() throws Exception {
    try (var store = open(ENOUGH)) {
      cable.cutNext(Cut.BEFORE_COMMIT_ARRIVES, false);

      assertThatThrownBy(() -> commit(store, 1))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.nothingWritten()).isTrue());

      assertThat(store.instances(List.of(instance(1)))).isEmpty();
      commit(store, 1);
    }
  }

  @Test
  void a_commit_whose_answer_is_lost_is_found_to_have_happened() throws Exception {
    try (var store = open(ENOUGH)) {
      cable.cutNext(Cut.BEFORE_ITS_ANSWER_ARRIVES, false);

      commit(store, 1);

      assertThat(cable.hasCut()).isTrue();
      assertThat(store.instances(List.of(instance(1))))
          .isEqualTo(Map.of(instance(1), live(1, 1, "a")));
      commit(store, 2);
    }
  }

  @Test
  void a_commit_whose_outcome_nobody_can_tell_is_unknown() throws Exception {
    try (var store = open(LITTLE)) {
      cable.cutNext(Cut.BEFORE_ITS_ANSWER_ARRIVES, true);

      assertThatThrownBy(() -> commit(store, 1))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.nothingWritten()).isFalse());
    }
  }

  @Test
  void a_gateway_that_was_cut_off_writes_no_more_once_another_one_has_taken_over()
      throws Exception {
    try (var store = open(ENOUGH)) {
      commit(store, 1);
      cable.cut();
      PostgresStore.open(database.address(), ENOUGH).close();
      cable.mend();

      assertThatThrownBy(() -> commit(store, 2))
          .hasMessageContaining("another one has taken over; start it again")
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.nothingWritten()).isFalse());
    }
  }

  @Test
  void an_older_gateway_that_has_the_database_for_itself_is_told_of() throws Exception {
    open(ENOUGH).close();
    try (var older = new PostgresLink(database.address()).view()) {
      Sql.execute(older, ALONE);

      assertThatThrownBy(() -> PostgresStore.open(database.address(), LITTLE))
          .isInstanceOf(StoreUnusable.class)
          .hasMessageContaining("is in use by the gateway " + Node.name());
    }
  }

  @Test
  void an_older_gateway_does_not_get_the_database_for_itself() throws Exception {
    try (var store = open(ENOUGH);
        var older = new PostgresLink(database.address()).view()) {
      commit(store, 1);

      assertThatThrownBy(() -> Sql.execute(older, "set lock_timeout = 100; " + ALONE))
          .hasMessageContaining("lock timeout");
    }
  }

  private PostgresStore open(Patience patience) throws StoreUnusable {
    // So that a COMMIT goes through the cable as a text.
    String url =
        "jdbc:postgresql://127.0.0.1:%d/%s?prepareThreshold=0".formatted(cable.port(), name());
    return PostgresStore.open(PostgresAddress.of(url, "postgres", ""), patience);
  }

  private String name() {
    return database.address().name();
  }

  private void endAllSessions() throws Exception {
    try (var connection = new PostgresLink(TestDatabase.server()).view()) {
      Sql.execute(
          connection,
          "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '%s'"
              .formatted(name()));
    }
  }

  private static void commit(Store store, long id) {
    store.commit(
        new BatchOf().newInstances(live(id, 1, "a")).newMessages(waiting(id, NOON)).batch());
  }
}
