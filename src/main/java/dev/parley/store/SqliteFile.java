package dev.parley.store;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The locked data folder and the connections to its database file. */
record SqliteFile(
    FolderLock lock,
    Path path,
    Connection writing,
    Connection reading,
    Connection viewing,
    Connection checkpointing,
    long storeId,
    int bootId) {

  static final String NAME = "parley.db";

  /** The log is copied into the file when it has grown to 32 MiB. */
  static final long LOG_PAGES = 8192;

  private static final Logger LOG = LoggerFactory.getLogger(SqliteFile.class);

  static SqliteFile open(Path folder) throws StoreUnusable {
    var lock = FolderLock.take(folder);
    Path path = folder.resolve(NAME).toAbsolutePath();
    boolean opened = false;
    try {
      var file = connect(lock, path);
      opened = true;
      return file;
    } catch (SQLException e) {
      throw unusable(path, e);
    } finally {
      if (!opened) {
        release(lock);
      }
    }
  }

  static StoreUnusable unusable(Path path, SQLException e) {
    return switch (e.getErrorCode()) {
      case Sql.CORRUPT, Sql.NOT_A_DATABASE -> StoreUnusable.corrupt(path, e);
      case Sql.READ_ONLY, Sql.CANNOT_OPEN -> StoreUnusable.notWritable(path, e);
      default -> StoreUnusable.failed(path, e);
    };
  }

  /** Leaves one file behind, without a log. */
  void close() {
    try (writing) {
      reading.close();
      viewing.close();
      checkpointing.close();
      Sql.run(writing, "pragma wal_checkpoint(truncate)");
    } catch (SQLException e) {
      LOG.warn("{} keeps its log, which the next start will read: {}", path, e.getMessage());
    } finally {
      release(lock);
    }
  }

  // The record closes its connections.
  @SuppressWarnings("MustBeClosedChecker")
  private static SqliteFile connect(FolderLock lock, Path path) throws SQLException, StoreUnusable {
    var writing = Sql.writing(path);
    try {
      Schema.CURRENT.migrate(writing, path);
      boot(writing);
      return new SqliteFile(
          lock,
          path,
          writing,
          Sql.reading(path),
          Sql.reading(path),
          Sql.checkpointing(path),
          Sql.bigNumber(writing, "select store from gateway"),
          Sql.number(writing, "select boot from gateway"));
    } catch (SQLException | StoreUnusable e) {
      writing.close();
      throw e;
    }
  }

  private static void boot(Connection writing) throws SQLException {
    Sql.run(
        writing,
        "insert into gateway (id, store, boot) values (1, %d, 1) on conflict (id) do update set boot = boot + 1"
            .formatted(new SecureRandom().nextLong()));
    var statement =
        "insert into boot (id, node, opened_at) select boot, ?, unixepoch('subsec') * 1000 from"
            + " gateway";
    try (var insert = writing.prepareStatement(statement)) {
      insert.setString(1, Node.name());
      insert.executeUpdate();
    }
  }

  private static void release(FolderLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("The lock of the data folder was not released properly", e);
    }
  }
}
