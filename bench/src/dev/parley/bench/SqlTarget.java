package dev.parley.bench;

import static dev.parley.bench.Layout.Change.ITEMS_IN_ROW;
import static dev.parley.bench.Layout.Change.MAPPED_READS;
import static dev.parley.bench.Layout.Change.NO_IDENTITY;
import static dev.parley.bench.Layout.Change.ONE_THREAD;
import static dev.parley.bench.Layout.Change.OUTBOX;
import static dev.parley.bench.Layout.Change.SYNCHRONOUS_NORMAL;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** A layout in SQLite by itself, without the product's code. */
final class SqlTarget implements Target {
  private static final int LOG_BYTES = 32 << 20;

  /** A statement that is run for each step. */
  private record Write(PreparedStatement statement, Binder binder) {}

  @FunctionalInterface
  private interface Binder {
    void bind(PreparedStatement statement, Step step) throws SQLException;
  }

  private final Layout layout;
  private final Path file;
  private final Connection writing;
  private final Connection reading;
  private final Connection checkpointing;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final List<PreparedStatement> reads = new ArrayList<>();
  private final List<Write> writes = new ArrayList<>();
  private volatile boolean closed;

  SqlTarget(Path folder, Layout layout) throws SQLException {
    this.layout = layout;
    this.file = folder.resolve(layout.name().replace(' ', '-') + ".db");
    writing = connect("pragma cache_size = -65536; pragma journal_mode = wal");
    var tables = new SqlTables(layout, writing);
    tables.create();
    tables.populate();
    reading = connect("pragma query_only = on; pragma cache_size = -16384");
    if (layout.is(MAPPED_READS)) {
      run(reading, "pragma mmap_size = " + (4L << 30));
    }
    reading.setAutoCommit(false);
    checkpointing = connect("pragma busy_timeout = 50");
    prepareReads();
    prepareWrites();
    Thread.ofPlatform().daemon().start(this::checkpoints);
  }

  @Override
  public boolean pipelined() {
    return !layout.is(ONE_THREAD);
  }

  @Override
  public void decide(List<Step> steps) throws SQLException {
    for (var step : steps) {
      if (!layout.is(NO_IDENTITY)) {
        reads.get(0).setBytes(1, step.identity.toBytes());
        read(reads.get(0));
      }
      reads.get(1).setBytes(1, step.key().toBytes());
      step.token = read(reads.get(1));
      reads.get(2).setLong(1, step.instance);
      step.version = (int) read(reads.get(2));
      if (!layout.is(ITEMS_IN_ROW)) {
        reads.get(3).setLong(1, step.instance);
        read(reads.get(3));
      }
    }
    reading.commit();
  }

  @Override
  public void commit(List<Step> steps) throws SQLException {
    lock.lock();
    try {
      run(writing, "begin immediate");
      for (var write : writes) {
        for (var step : steps) {
          write.binder.bind(write.statement, step);
          write.statement.addBatch();
        }
        for (int count : write.statement.executeBatch()) {
          if (count != 1) {
            throw new SQLException("Expected one row to change");
          }
        }
      }
      run(writing, "commit");
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    for (var connection : List.of(reading, checkpointing, writing)) {
      connection.close();
    }
  }

  @Override
  public String toString() {
    return layout.name() + ": " + Sizes.of(file);
  }

  private Connection connect(String pragmas) throws SQLException {
    var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    run(
        connection,
        "pragma page_size = %d; pragma synchronous = %s; pragma wal_autocheckpoint = 0;"
                .formatted(layout.pageBytes(), layout.is(SYNCHRONOUS_NORMAL) ? "normal" : "full")
            + pragmas);
    return connection;
  }

  private void prepareReads() throws SQLException {
    for (String sql :
        List.of(
            "select message from identity where identity = ?",
            "select token, instance from subscription where key = ? and operation = 1 and kind = 0",
            "select version, definition, status, history, state, item from instance where id = ?",
            "select item, value from item where instance = ?")) {
      reads.add(reading.prepareStatement(sql));
    }
  }

  private void prepareWrites() throws SQLException {
    boolean inRow = layout.is(ITEMS_IN_ROW);
    write(
        "update instance set version = version + 1, history = ?, state = ? %s where id = ? and version = ?"
            .formatted(inRow ? ", item = ?" : ""),
        (to, step) -> {
          to.setLong(1, step.id);
          to.setBytes(2, Step.STATE);
          if (inRow) {
            to.setBytes(3, Step.ITEM);
          }
          to.setLong(inRow ? 4 : 3, step.instance);
          to.setInt(inRow ? 5 : 4, step.version);
        });
    if (!inRow) {
      write(
          "insert into item (instance, item, value) values (?, 1, ?)"
              + " on conflict (instance, item) do update set value = excluded.value",
          (to, step) -> {
            to.setLong(1, step.instance);
            to.setBytes(2, Step.ITEM);
          });
    }
    write(
        "delete from subscription where key = ? and operation = 1 and kind = 0 and instance = ? and"
            + " token = ?",
        (to, step) -> subscription(to, step, step.token));
    write(
        "insert into subscription values (?, 1, 0, ?, ?)",
        (to, step) -> subscription(to, step, step.token + 1));
    write(
        "insert into history values (?, ?, 0, 0, ?)",
        (to, step) -> {
          to.setLong(1, step.id);
          to.setLong(2, step.instance);
          to.setBytes(3, Step.TURN);
        });
    write(
        "insert into message values (?, 1, 1, 0, 1, 0, 1, 1, null, '', null, ?, null)",
        SqlTarget::body);
    if (!layout.is(NO_IDENTITY)) {
      write(
          "insert into identity values (?, ?)",
          (to, step) -> {
            to.setBytes(1, step.identity.toBytes());
            to.setLong(2, step.id);
          });
    }
    if (layout.is(OUTBOX)) {
      write(
          "insert into outbox values (?, 1, 1, 0, 0, 0, 1, 1, 1, '', 'http://partner.example/', '',"
              + " x'00', null, ?)",
          SqlTarget::body);
    }
  }

  private void write(String sql, Binder binder) throws SQLException {
    writes.add(new Write(writing.prepareStatement(sql), binder));
  }

  private static void body(PreparedStatement to, Step step) throws SQLException {
    to.setLong(1, step.id);
    to.setBytes(2, Step.BODY);
  }

  private static void subscription(PreparedStatement to, Step step, long token)
      throws SQLException {
    to.setBytes(1, step.key().toBytes());
    to.setLong(2, step.instance);
    to.setLong(3, token);
  }

  private static long read(PreparedStatement query) throws SQLException {
    try (var rows = query.executeQuery()) {
      if (!rows.next()) {
        return 0;
      }
      for (int column = rows.getMetaData().getColumnCount(); column > 1; column--) {
        rows.getBytes(column);
      }
      return rows.getLong(1);
    }
  }

  private void checkpoints() {
    try {
      while (!closed) {
        Thread.sleep(100);
        if (log("noop") > LOG_BYTES / layout.pageBytes()) {
          log("passive");
          lock.lock();
          try {
            log("restart");
          } finally {
            lock.unlock();
          }
        }
      }
    } catch (SQLException | InterruptedException e) {
      if (!closed) {
        throw new IllegalStateException(e);
      }
    }
  }

  private int log(String mode) throws SQLException {
    try (var statement = checkpointing.createStatement();
        var rows = statement.executeQuery("pragma wal_checkpoint(" + mode + ")")) {
      return rows.getInt(2);
    }
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
