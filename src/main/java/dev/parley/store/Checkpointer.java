package dev.parley.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the write-ahead log into the database file, beside the writer. The log begins anew only
 * when all of it has been copied, which never happens by itself while batches keep coming; so the
 * small rest is copied while the writer waits.
 */
final class Checkpointer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
  private static final int COMMITS_PER_LOOK = 8;
  private static final int PASSES = 4;

  private final Connection connection;
  private final Lock writing;
  private final long limit;
  private final Semaphore commits = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;
  private long next;
  private int unseen;

  /**
   * Begins at once.
   *
   * @param writing held by whoever commits
   * @param limit pages in the log that start a checkpoint
   */
  Checkpointer(Connection connection, Lock writing, long limit) {
    this.connection = connection;
    this.writing = writing;
    this.limit = limit;
    this.next = limit;
    this.thread = Thread.ofPlatform().daemon().name("parley-checkpoint").start(this::run);
  }

  /** Called by the writer after each commit. */
  void committed() {
    if (++unseen >= COMMITS_PER_LOOK) {
      unseen = 0;
      commits.release();
    }
  }

  /** Copies what is left. */
  @Override
  public void close() {
    closed = true;
    commits.release();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      commits.acquireUninterruptibly();
      commits.drainPermits();
      attempt();
    }
  }

  private void attempt() {
    try {
      if (log("noop").pages >= next) {
        checkpoint();
      }
    } catch (SQLException e) {
      // Nothing is lost: what is committed stays in the log, and the next look tries again.
      LOG.warn("The write-ahead log could not be copied into the database file", e);
      next += limit;
    }
  }

  private void checkpoint() throws SQLException {
    var log = log("passive");
    for (int pass = 1; pass < PASSES && log.left() > limit / PASSES; pass++) {
      log = log("passive");
    }
    writing.lock();
    try {
      log = log("restart");
    } finally {
      writing.unlock();
    }
    // A reader was in the way: leave the writer alone until the log has grown by as much again.
    next = log.busy ? log.pages + limit : limit;
  }

  private record Log(boolean busy, long pages, long copied) {
    long left() {
      return pages - copied;
    }
  }

  private Log log(String mode) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("pragma wal_checkpoint(" + mode + ")")) {
      return new Log(rows.getBoolean(1), rows.getLong(2), rows.getLong(3));
    }
  }
}
