package dev.parley.store;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A database of its own on a server, for a trial; dropped with whatever uses it when closed. */
public final class PostgresScratch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresScratch.class);
  private static final AtomicLong COUNT = new AtomicLong();

  private final PostgresAddress server;
  private final PostgresAddress address;

  private PostgresScratch(PostgresAddress server, PostgresAddress address) {
    this.server = server;
    this.address = address;
  }

  /** Made from a session with the database that the address names. */
  public static PostgresScratch create(PostgresAddress server) throws StoreUnusable {
    String name =
        "parley_trial_%d_%d".formatted(ProcessHandle.current().pid(), COUNT.incrementAndGet());
    try {
      run(server, "drop database if exists %s with (force)".formatted(name));
      run(server, "create database " + name);
    } catch (SQLException e) {
      throw PostgresErrors.unusable(server, e);
    }
    return new PostgresScratch(server, server.database(name));
  }

  public PostgresAddress address() {
    return address;
  }

  @Override
  public void close() {
    try {
      run(server, "drop database if exists %s with (force)".formatted(address.name()));
    } catch (SQLException e) {
      LOG.warn("The {} is left behind: {}", address, e.getMessage());
    }
  }

  private static void run(PostgresAddress server, String statement) throws SQLException {
    try (var connection = new PostgresLink(server).view()) {
      Sql.execute(connection, statement);
    }
  }
}
