package dev.parley.store;

import static dev.parley.store.Samples.NOON;
import static dev.parley.store.Samples.id;
import static dev.parley.store.Samples.live;
import static dev.parley.store.Samples.message;
import static dev.parley.store.Samples.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.message.Body;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Write.Session;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits that fail. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SqliteWriterTest {
  @TempDir private Path folder;
  private Connection connection;
  private SqliteWriter writer;

  @BeforeEach
  void opens() throws Exception {
    Path file = folder.resolve(SqliteFile.NAME);
    connection = Sql.writing(file);
    Schema.CURRENT.migrate(connection, file);
    writer = writer(connection);
  }

  @AfterEach
  void closes() throws Exception {
    connection.close();
  }

  @Test
  void a_full_disk_takes_nothing_and_more_room_is_enough_to_go_on() throws Exception {
    int pages = Sql.number(connection, "pragma page_count");
    Sql.number(connection, "pragma max_page_count = " + (pages + 20));
    var big = new BatchOf().newInstances(live(1, 1, "a")).newMessages(big(1, 200_000)).batch();

    var full = catchThrowableOfType(StoreException.class, () -> writer.commit(big));
    assertThat(full).hasMessageContaining("disk of the data folder is full");
    assertThat(full.nothingWritten()).isTrue();
    assertThat(rows("instance")).isZero();

    writer.commit(new BatchOf().newMessages(waiting(2, NOON)).batch());
    assertThat(rows("message")).isEqualTo(1);

    Sql.number(connection, "pragma max_page_count = " + (pages + 1000));
    writer.commit(big);
    assertThat(rows("message")).isEqualTo(2);
  }

  @Test
  void a_failure_that_is_not_understood_ends_all_commits() throws Exception {
    Sql.run(connection, "drop table history");
    var broken = new BatchOf().newInstances(live(1, 1, "a")).history(Samples.turn(1, 1, 0)).batch();

    assertThatThrownBy(() -> writer.commit(broken))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.nothingWritten()).isFalse());
    assertThatThrownBy(() -> writer.commit(new BatchOf().newInstances(live(2, 1, "a")).batch()))
        .hasMessageContaining("must be opened again");
    assertThat(rows("instance")).isZero();
  }

  @Test
  void a_batch_that_cannot_be_written_leaves_nothing_behind() throws Exception {
    var deployment =
        new Rows.DeploymentRow(
            1, 1, "orders", Samples.ORDER_7, Map.of("a", 1), Map.of(), Samples.blob(""));
    var bad = new BatchOf().newInstances(live(1, 1, "a")).deployments(deployment).batch();

    assertThatThrownBy(() -> writer.commit(bad)).isInstanceOf(IllegalArgumentException.class);
    assertThat(rows("instance")).isZero();

    writer.commit(new BatchOf().newInstances(live(1, 1, "a")).batch());
    assertThat(rows("instance")).isEqualTo(1);
  }

  static SqliteWriter writer(Connection connection) throws SQLException {
    var session = new Session(connection, new Names(connection));
    return new SqliteWriter(
        session, new RecentIdentities(session, 8), new WaitingFilter(session, 64));
  }

  private int rows(String table) throws SQLException {
    return Sql.number(connection, "select count(*) from " + table);
  }

  private static MessageRow big(long id, int bytes) {
    var small = message(id, Samples.ORDER);
    return new MessageRow(
        new Message(
            id(id),
            small.process(),
            small.operation(),
            small.kind(),
            Body.of(new byte[bytes]),
            Headers.NONE,
            ""),
        MessageState.CONSUMED,
        ExchangeState.NONE,
        null,
        1,
        null,
        null);
  }
}
