package dev.parley.store;

import static dev.parley.store.Samples.NOON;
import static dev.parley.store.Samples.identity;
import static dev.parley.store.Samples.live;
import static dev.parley.store.Samples.pending;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Id;
import dev.parley.message.MessageId;
import dev.parley.store.PostgresSession.Boot;
import dev.parley.store.PostgresStore.Patience;
import dev.parley.store.Rows.IdentityRow;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Gateways come, end and are cut off; slices of identities go on under all of them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresTakeoverTest {
  private static final Patience SHORT =
      new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMillis(200));
  private static final Patience LONG =
      new Patience(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5));
  private static final long DAY = Duration.ofDays(1).toMillis();

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
  void who_closes_hands_over_at_once() throws Exception {
    try (var here = open(LONG)) {
      var there = open(LONG);
      there.commit(new BatchOf().newOutbox(pending(5, NOON)).batch());
      here.news();
      assertThat(here.gateways()).containsExactlyInAnyOrder(1, 2);

      there.close();

      assertThat(here.news()).isNotEmpty();
      assertThat(here.gateways()).containsExactly(1);
      assertThat(here.forsakenOutbox(9)).containsExactly(new MessageId(5));
    }
  }

  @Test
  void who_is_killed_is_found_to_have_ended_and_writes_no_more() throws Exception {
    try (var there = throughCable(SHORT);
        var here = open(SHORT)) {
      there.commit(live(1));
      cable.cut();

      awaitUntil(here, () -> here.gateways().equals(Set.of(here.bootId())));

      cable.mend();
      assertTakenForEnded(() -> there.commit(live(2)));
      assertThat(here.instances(List.of(Samples.instance(2)))).isEmpty();
      here.commit(live(3));
    }
  }

  @Test
  void who_was_cut_off_and_finds_itself_taken_for_ended_says_so() throws Exception {
    try (var there = throughCable(SHORT);
        var here = open(SHORT)) {
      cable.cut();
      awaitUntil(here, () -> here.gateways().size() == 1);
      cable.mend();

      awaitUntil(here, () -> refusesNews(there));
    }
  }

  @Test
  void who_is_declared_ended_while_its_commit_waits_is_refused() throws Exception {
    try (var here = open(LONG);
        var other = new PostgresLink(database.address()).view();
        var threads = Executors.newSingleThreadExecutor()) {
      other.setAutoCommit(false);
      Sql.execute(other, "update gateway set commits = commits + 1");
      var commit = threads.submit(() -> here.commit(live(1)));
      awaitThat(() -> waiting() == 1);
      Sql.execute(other, "update boot set ended_at = 1 where id = 1");
      other.commit();

      assertThatThrownBy(() -> commit.get(20, TimeUnit.SECONDS))
          .hasMessageContaining("another one has taken over");
      assertThat(number("select count(*) from instance")).isEqualTo(0);
    }
  }

  @Test
  void what_is_committed_while_a_commit_waits_is_looked_at() throws Exception {
    try (var here = open(LONG);
        var other = new PostgresLink(database.address()).view();
        var threads = Executors.newSingleThreadExecutor()) {
      var reads = new ReadSet(here.opened());
      other.setAutoCommit(false);
      Sql.execute(other, "update gateway set commits = commits + 1");
      var commit = threads.submit(() -> here.commit(live(1), reads));
      awaitThat(() -> waiting() == 1);
      var gateways = LoggedCommit.ofGateways(here.opened() + 1);
      PostgresCommitLog.tell(new Boot(here.storeId(), 9), 9, gateways, other);
      other.commit();

      assertThatThrownBy(() -> commit.get(20, TimeUnit.SECONDS))
          .hasMessageContaining("Commit %d was first", here.opened() + 1);
    }
  }

  private long waiting() throws SQLException {
    return number(
        "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
            + " and datname = current_database()");
  }

  private static boolean refusesNews(PostgresStore store) {
    try {
      store.news();
      return false;
    } catch (StoreException e) {
      return !e.nothingWritten();
    }
  }

  @Test
  void who_opens_takes_over_from_whom_nobody_sees() throws Exception {
    try (var there = throughCable(LONG)) {
      there.commit(live(1));
      cable.cut();
      awaitThat(() -> sessions() == 0);

      try (var here = open(LONG)) {
        assertThat(here.gateways()).containsExactly(2);
      }
    }
  }

  @Test
  void who_loses_its_sessions_and_comes_back_in_time_stays() throws Exception {
    try (var here = open(LONG);
        var there = open(LONG)) {
      there.commit(live(1));
      endAllSessions();

      awaitThat(() -> locksOfGateways() == 2);
      there.commit(live(2));
      here.commit(live(3));

      here.news();
      assertThat(here.gateways()).containsExactlyInAnyOrder(1, 2);
      there.commit(live(4));
      assertThat(here.news()).isNotEmpty();
    }
  }

  @Test
  void a_gateway_alone_writes_no_log() throws Exception {
    try (var here = open(LONG)) {
      here.commit(live(1));
      here.commit(live(2));

      assertThat(number("select count(*) from commit_log where boot = 1")).isEqualTo(1);
      assertThat(number("select commits from gateway")).isEqualTo(3);
    }
  }

  @Test
  void identities_of_the_other_are_known_when_they_have_been_heard_of() throws Exception {
    try (var here = open(LONG);
        var there = open(LONG)) {
      there.commit(identityAt("a", NOON.toEpochMilli()));
      assertThat(found(here, "a")).isFalse();

      here.news();

      assertThat(found(here, "a")).isTrue();
      assertThat(here.counts()).containsEntry("identities", 1L);
    }
  }

  @Test
  void a_slice_that_the_other_has_closed_is_written_to_no_more() throws Exception {
    long noon = NOON.toEpochMilli();
    try (var here = open(LONG);
        var there = open(LONG)) {
      here.commit(identityAt("a", noon));
      there.news();
      there.commit(identityAt("b", noon + DAY + 1));
      assertThat(number("select max(id) from identity_slice")).isEqualTo(2);

      PostgresGatewaysTest.assertLost(() -> here.commit(identityAt("c", noon + 1)));
      here.news();
      here.commit(identityAt("c", noon + 1));
      there.news();

      for (var identity : List.of("a", "b", "c")) {
        assertThat(found(here, identity)).isTrue();
        assertThat(found(there, identity)).isTrue();
      }
      assertThat(number("select count(*) from identity_2")).isEqualTo(2);
    }
  }

  @Test
  void a_slice_is_closed_with_everything_that_the_other_has_written_to_it() throws Exception {
    long noon = NOON.toEpochMilli();
    try (var here = open(LONG);
        var there = open(LONG)) {
      here.commit(identityAt("a", noon));
      there.commit(identityAt("b", noon + 2));
      // Nobody has asked for news.
      here.commit(identityAt("c", noon + DAY + 1));

      assertThat(number("select rows from identity_slice where id = 1")).isEqualTo(2);
      assertThat(number("select newest from identity_slice where id = 1"))
          .isEqualTo(messageAt(noon + 2).value());
    }
    try (var later = open(LONG)) {
      assertThat(found(later, "b")).isTrue();
    }
  }

  @Test
  void a_slice_that_the_other_has_dropped_is_empty_before_it_is_heard_of_and_after()
      throws Exception {
    long noon = NOON.toEpochMilli();
    try (var here = open(LONG);
        var there = open(LONG)) {
      here.commit(identityAt("a", noon));
      here.commit(identityAt("b", noon + DAY + 1));
      there.news();
      there.leftovers().forgetIdentities(messageAt(noon + DAY), Long.MAX_VALUE);

      assertThat(found(here, "a")).isFalse();
      PostgresGatewaysTest.assertLost(() -> here.commit(identityAt("a", noon + DAY + 2)));
      here.news();
      assertThat(found(here, "a")).isFalse();
      here.commit(identityAt("a", noon + DAY + 2));

      assertThat(found(here, "a")).isTrue();
      assertThat(number("select count(*) from identity_slice")).isEqualTo(1);
    }
  }

  @Test
  void rows_that_are_removed_refuse_whoever_rests_on_them() throws Exception {
    try (var here = open(LONG);
        var there = open(LONG)) {
      var ended = Samples.ended(Samples.live(1, 1, "a"), Rows.InstanceStatus.COMPLETED);
      here.commit(live(1));
      here.commit(new BatchOf().changedInstances(ended).batch());
      there.news();
      here.news();
      var reads = new ReadSet(number("select commits from gateway"));
      reads.instance(Samples.instance(1));
      there
          .leftovers()
          .delete(List.of(new Leftovers.Ended(Samples.instance(1), List.of(), List.of())));

      PostgresGatewaysTest.assertLost(() -> here.commit(live(2), reads));
    }
  }

  @Test
  void the_log_is_pruned_and_who_rests_on_what_is_gone_loses() throws Exception {
    try (var here = open(LONG);
        var there = open(LONG)) {
      there.commit(live(1));
      run("update gateway set commits = 11499");
      there.commit(live(2));

      assertThat(number("select count(*) from commit_log")).isEqualTo(1);
      assertThat(number("select pruned from gateway")).isEqualTo(1500);
      PostgresGatewaysTest.assertLost(() -> here.commit(live(3), new ReadSet(2)));
      assertThatThrownBy(here::news).hasMessageContaining("start it again");
      assertThatThrownBy(() -> here.commit(live(3)))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.nothingWritten()).isFalse());
    }
  }

  private static boolean found(Store store, String identity) {
    return !store.identities(List.of(identity(identity, 1).identity())).isEmpty();
  }

  private static MessageId messageAt(long millis) {
    return new MessageId(Id.first(Instant.ofEpochMilli(millis)));
  }

  private static Batch identityAt(String identity, long millis) {
    var row = identity(identity, 1);
    return new BatchOf().identities(new IdentityRow(row.identity(), messageAt(millis), 7)).batch();
  }

  private static Batch live(long id) {
    return new BatchOf().newInstances(Samples.live(id, 1, "a")).batch();
  }

  private static void assertTakenForEnded(ThrowingCallable commit) {
    assertThatThrownBy(commit)
        .hasMessageContaining("another one has taken over")
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.nothingWritten()).isFalse());
  }

  private PostgresStore open(Patience patience) throws StoreUnusable {
    return PostgresStore.open(database.address(), patience);
  }

  private PostgresStore throughCable(Patience patience) throws StoreUnusable {
    var url =
        "jdbc:postgresql://127.0.0.1:%d/%s".formatted(cable.port(), database.address().name());
    return PostgresStore.open(PostgresAddress.of(url, "postgres", ""), patience);
  }

  /** Looks again whenever something may have been heard. */
  private static void awaitUntil(PostgresStore store, BooleanSupplier isSo) {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    store.news();
    while (!isSo.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(until);
      store.awaitNews(Duration.ofMillis(50));
      store.news();
    }
  }

  /** Something that can be asked of the database. */
  @FunctionalInterface
  private interface Question {
    boolean isSo() throws SQLException;
  }

  private static void awaitThat(Question question) throws SQLException {
    long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!question.isSo()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(until);
      Thread.onSpinWait();
    }
  }

  private long sessions() throws SQLException {
    return onServer(
        "select count(*) from pg_stat_activity where datname = '%s'"
            .formatted(database.address().name()));
  }

  private long locksOfGateways() throws SQLException {
    return number(
        "select count(*) from pg_locks where locktype = 'advisory' and objsubid = 2 and granted"
            + " and objid in (1, 2) and database ="
            + " (select oid from pg_database where datname = current_database())");
  }

  private void endAllSessions() throws SQLException {
    var _ =
        onServer(
            "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where datname = '%s'"
                .formatted(database.address().name()));
  }

  private static long onServer(String query) throws SQLException {
    try (var connection = new PostgresLink(server()).view()) {
      return PostgresLink.number(connection, query);
    }
  }

  private static PostgresAddress server() {
    try {
      return TestDatabase.server();
    } catch (StoreUnusable e) {
      throw new IllegalStateException(e);
    }
  }

  private long number(String query) throws SQLException {
    try (var connection = new PostgresLink(database.address()).view()) {
      return PostgresLink.number(connection, query);
    }
  }

  private void run(String statement) throws SQLException {
    try (var connection = new PostgresLink(database.address()).view()) {
      Sql.execute(connection, statement);
    }
  }
}
