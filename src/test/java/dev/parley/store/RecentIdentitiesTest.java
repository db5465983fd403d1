package dev.parley.store;

import static dev.parley.store.Samples.NOON;
import static dev.parley.store.Samples.identity;
import static dev.parley.store.Samples.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.message.Digest;
import dev.parley.message.Id;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Write.Session;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Identities before, while and after they are merged; each batch has one, unless it says so. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RecentIdentitiesTest {
  private static final int CAPACITY = 8;

  @TempDir private Path folder;
  private Path file;
  private Connection connection;
  private RecentIdentities identities;
  private SqliteWriter writer;

  @BeforeEach
  void opens() throws Exception {
    file = folder.resolve(SqliteFile.NAME);
    connection = Sql.writing(file);
    Schema.CURRENT.migrate(connection, file);
    var session = new Session(connection, new Names(connection));
    identities = new RecentIdentities(session, CAPACITY);
    writer = new SqliteWriter(session, identities, new WaitingFilter(session, 64));
  }

  @AfterEach
  void closes() throws Exception {
    connection.close();
  }

  @Test
  void new_identities_are_in_a_log_until_it_is_full() throws Exception {
    commitEach(1, CAPACITY);

    assertRows(0, CAPACITY, 0);
    assertFound(1, CAPACITY);
  }

  @Test
  void a_full_log_is_merged_by_the_commits_that_follow_while_the_other_one_grows()
      throws Exception {
    commitEach(1, CAPACITY);

    commitEach(CAPACITY + 1, CAPACITY + 1);
    assertRows(2, CAPACITY, 1);
    assertFound(1, CAPACITY + 1);

    commitEach(CAPACITY + 2, CAPACITY + 3);
    assertRows(6, CAPACITY, 3);
    assertFound(1, CAPACITY + 3);
  }

  @Test
  void a_merged_log_is_emptied_by_the_commit_of_its_last_slice_and_leaves_memory()
      throws Exception {
    commitEach(1, CAPACITY + 4);

    assertRows(CAPACITY, 0, 4);
    assertFound(1, CAPACITY + 4);
    assertThat(inMemory(1, CAPACITY + 4)).isEqualTo(4);
  }

  @Test
  void logs_take_turns() throws Exception {
    commitEach(1, 2 * CAPACITY + 1);

    assertRows(CAPACITY + 2, 1, CAPACITY);
    assertFound(1, 2 * CAPACITY + 1);
  }

  @Test
  void a_slice_is_in_the_order_of_the_table() throws Exception {
    commitEach(1, CAPACITY + 1);

    assertThat(
            Sql.number(
                connection,
                "select count(*) from identity_log_a where identity <"
                    + " (select max(identity) from identity_1)"))
        .isEqualTo(1);
  }

  @Test
  void commits_without_identities_merge_too() throws Exception {
    commitEach(1, CAPACITY);

    for (int id = 1; id <= CAPACITY; id++) {
      writer.commit(new BatchOf().newInstances(live(id, 1, "a")).batch());
    }

    assertRows(CAPACITY, 0, 0);
    assertFound(1, CAPACITY);
  }

  @Test
  void a_log_outgrows_its_capacity_rather_than_split_a_batch() throws Exception {
    var huge = new BatchOf();
    for (int id = 1; id <= 5 * CAPACITY; id++) {
      huge.identities(row(id));
    }
    writer.commit(huge.batch());
    assertRows(0, 5 * CAPACITY, 0);

    commitEach(5 * CAPACITY + 1, 7 * CAPACITY);

    assertFound(1, 7 * CAPACITY);
    assertThat(inMemory(1, 7 * CAPACITY)).isEqualTo(7 * CAPACITY);

    commitEach(7 * CAPACITY + 1, 15 * CAPACITY);
    assertFound(1, 15 * CAPACITY);
    assertThat(inMemory(1, 15 * CAPACITY)).isLessThanOrEqualTo(2 * CAPACITY);
  }

  @Test
  void an_identity_loses_its_race_wherever_the_first_one_is() {
    commitEach(1, CAPACITY + 9);

    for (int id = 1; id <= CAPACITY + 9; id++) {
      var again = new IdentityRow(row(id).identity(), new MessageId(1000), 1);
      assertLost(new BatchOf().identities(row(2000), again).batch());
    }
    assertLost(new BatchOf().identities(row(2000), row(2000)).batch());

    assertFound(1, CAPACITY + 9);
    assertThat(bearers(2000, 2000)).isEmpty();
  }

  @Test
  void a_failed_commit_leaves_logs_memory_and_merge_as_they_were() throws Exception {
    var done = new ArrayList<Integer>();
    for (int id = 1; id <= 5 * CAPACITY; id++) {
      var before = rows();
      assertLost(new BatchOf().identities(row(id)).changedInstances(live(1, 2, "missing")).batch());
      assertLost(new BatchOf().identities(row(id), row(id)).batch());
      var afterTheMerge = new BatchOf().identities(row(id)).newOutbox(Samples.pending(1, NOON));
      assertLost(afterTheMerge.newOutbox(Samples.pending(1, NOON)).batch());
      assertThat(rows()).isEqualTo(before);
      assertThat(bearers(id, id)).isEmpty();

      commitEach(id, id);
      done.add(id);
      assertFound(1, done.size());
    }
  }

  @Test
  void a_full_disk_takes_no_identity_and_more_room_is_enough_to_go_on() throws Exception {
    commitEach(1, CAPACITY + 1);
    var before = rows();
    int pages = Sql.number(connection, "pragma page_count");
    Sql.number(connection, "pragma max_page_count = " + (pages + 5));
    var big =
        new BatchOf().identities(row(50)).newInstances(live(1, 1, "x".repeat(100_000))).batch();

    var full = catchThrowableOfType(StoreException.class, () -> writer.commit(big));
    assertThat(full).hasMessageContaining("disk of the data folder is full");
    assertThat(rows()).isEqualTo(before);
    assertThat(bearers(50, 50)).isEmpty();

    Sql.number(connection, "pragma max_page_count = " + (pages + 1000));
    writer.commit(big);
    commitEach(CAPACITY + 2, CAPACITY + 9);
    assertFound(1, CAPACITY + 9);
    assertThat(bearers(50, 50)).hasSize(1);
  }

  @Test
  void everything_is_found_again_at_whatever_stage_the_store_was_closed() throws Exception {
    for (int id = 1; id <= 7 * CAPACITY; id++) {
      commitEach(id, id);
      closes();
      opens();
      assertFound(1, id);
      assertLost(new BatchOf().identities(row(id)).batch());
    }
    assertThat(inMemory(1, 7 * CAPACITY)).isLessThanOrEqualTo(2 * CAPACITY);
  }

  @Test
  void a_half_merged_log_is_merged_on_where_it_was() throws Exception {
    commitEach(1, CAPACITY + 2);
    assertRows(4, CAPACITY, 2);

    closes();
    opens();
    assertFound(1, CAPACITY + 2);

    commitEach(CAPACITY + 3, CAPACITY + 4);
    assertRows(CAPACITY, 0, 4);
    assertFound(1, CAPACITY + 4);
  }

  @Test
  void a_full_slice_is_followed_by_the_next_one_and_everything_is_found() throws Exception {
    int slice = CAPACITY * IdentitySlice.ROWS_PER_LOGGED;
    commitEach(1, 3 * slice);

    assertThat(Sql.number(connection, "select count(*) from identity_slice")).isEqualTo(3);
    assertThat(identities.count()).isEqualTo(3L * slice);
    assertFound(1, 3 * slice);

    closes();
    opens();
    assertThat(identities.count()).isEqualTo(3L * slice);
    assertFound(1, 3 * slice);
    assertLost(new BatchOf().identities(row(1)).batch());
  }

  @Test
  void a_slice_that_could_not_be_opened_is_opened_by_the_next_commit() throws Exception {
    int slice = CAPACITY * IdentitySlice.ROWS_PER_LOGGED;
    for (int id = 1; id <= 2 * slice; id++) {
      assertLost(new BatchOf().identities(row(id)).changedInstances(live(1, 2, "missing")).batch());
      var late = new BatchOf().identities(row(id)).newOutbox(Samples.pending(1, NOON));
      assertLost(late.newOutbox(Samples.pending(1, NOON)).batch());
      commitEach(id, id);
    }

    assertThat(Sql.number(connection, "select count(*) from identity_slice")).isEqualTo(2);
    assertFound(1, 2 * slice);
  }

  @Test
  void an_unknown_identity_is_sent_to_hardly_any_slice() {
    commitEach(1, 5 * CAPACITY * IdentitySlice.ROWS_PER_LOGGED);

    int sent = 0;
    for (int id = 100_000; id < 110_000; id++) {
      sent += identities.slicesWith(row(id).identity()).size();
    }
    assertThat(sent).isLessThan(500);
  }

  @Test
  void identities_of_another_day_are_in_another_slice() throws Exception {
    long day = Id.first(NOON.plus(Duration.ofDays(2)));
    commitEach(1, 3);
    writer.commit(new BatchOf().identities(identity("later", day)).batch());
    writer.commit(new BatchOf().newInstances(live(1, 1, "a")).batch());
    writer.commit(new BatchOf().newInstances(live(2, 1, "a")).batch());
    writer.commit(new BatchOf().newInstances(live(3, 1, "a")).batch());

    assertRows(3, 0, 1);
  }

  private void commitEach(int from, int to) {
    for (int id = from; id <= to; id++) {
      writer.commit(new BatchOf().identities(row(id)).batch());
    }
  }

  private void assertLost(Batch batch) {
    assertThatThrownBy(() -> writer.commit(batch))
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.nothingWritten()).isTrue());
  }

  private void assertRows(int table, int logA, int logB) throws SQLException {
    assertThat(rows()).containsExactly(table, logA, logB);
  }

  private List<Integer> rows() throws SQLException {
    return List.of(
        Sql.number(connection, "select count(*) from identity_1"),
        Sql.number(connection, "select count(*) from identity_log_a"),
        Sql.number(connection, "select count(*) from identity_log_b"));
  }

  private long inMemory(int from, int to) {
    long count = 0;
    for (int id = from; id <= to; id++) {
      count += identities.find(row(id).identity()) == null ? 0 : 1;
    }
    return count;
  }

  private void assertFound(int from, int to) {
    var expected = new HashMap<Digest, IdentityRow>();
    for (int id = from; id <= to; id++) {
      expected.put(row(id).identity(), row(id));
    }
    assertThat(bearers(from, to)).isEqualTo(expected);
  }

  private Map<Digest, IdentityRow> bearers(int from, int to) {
    var asked = new ArrayList<Digest>();
    for (int id = from; id <= to; id++) {
      asked.add(row(id).identity());
    }
    try (var reading = Sql.reading(file)) {
      var names = new Names(connection);
      var session = new Session(connection, names);
      return new SqliteReads(new Reader(reading, names), identities, new WaitingFilter(session, 64))
          .identities(asked);
    } catch (SQLException e) {
      throw new AssertionError("The identities cannot be read", e);
    }
  }

  private static IdentityRow row(int id) {
    return identity("" + id, id);
  }
}
