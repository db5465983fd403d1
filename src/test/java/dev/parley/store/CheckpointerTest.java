package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The write-ahead log while batches keep coming. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(60)
class CheckpointerTest {
  private static final int LIMIT = 64;

  @TempDir private Path folder;
  private final ReentrantLock writing = new ReentrantLock(true);
  private Connection connection;
  private Connection reading;
  private Connection checkpointing;
  private SqliteWriter writer;
  private Checkpointer checkpointer;
  private int commits;

  @BeforeEach
  void opens() throws Exception {
    Path file = folder.resolve(SqliteFile.NAME);
    connection = Sql.writing(file);
    Schema.CURRENT.migrate(connection, file);
    reading = Sql.reading(file);
    checkpointing = Sql.checkpointing(file);
    writer = SqliteWriterTest.writer(connection);
    checkpointer = new Checkpointer(checkpointing, writing, LIMIT);
  }

  @AfterEach
  void closes() throws Exception {
    checkpointer.close();
    checkpointing.close();
    reading.close();
    connection.close();
  }

  @Test
  void the_log_begins_anew_although_the_writer_never_pauses() throws Exception {
    for (int times = 0; times < 3; times++) {
      commitUntilTheLogBeginsAnew();
    }

    assertThat(Sql.number(reading, "select count(*) from instance")).isEqualTo(commits);
  }

  @Test
  void a_reader_that_takes_its_time_delays_the_log_but_not_the_writer() throws Exception {
    commit();
    assertThat(Sql.number(reading, "select count(*) from instance")).isEqualTo(1);
    while (pagesInLog() < 8 * LIMIT) {
      commit();
    }
    assertThat(Sql.number(reading, "select count(*) from instance"))
        .as("a reader sees one state until it is done")
        .isEqualTo(1);

    reading.commit();
    commitUntilTheLogBeginsAnew();
  }

  private void commitUntilTheLogBeginsAnew() throws SQLException {
    int before = 0;
    int now = pagesInLog();
    while (now >= before) {
      before = now;
      commit();
      now = pagesInLog();
    }
  }

  private void commit() {
    writing.lock();
    try {
      commits++;
      writer.commit(new BatchOf().newInstances(Samples.live(commits, 1, "a")).batch());
      checkpointer.committed();
    } finally {
      writing.unlock();
    }
  }

  private int pagesInLog() throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("pragma wal_checkpoint(noop)")) {
      return rows.getInt(2);
    }
  }
}
