package dev.parley.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/** One PostgreSQL server for all tests of this JVM; it is started by the first that asks. */
public final class TestDatabase {
  /** A user whose password is {@code right}. */
  public static final String GUEST = "guest";

  private TestDatabase() {}

  private static final class Server {
    private static final EmbeddedPostgres STARTED = start();

    // What is killed here is never the machine: tests need no disk that was forced.
    private static EmbeddedPostgres start() {
      try {
        Path folder = Files.createTempDirectory("parley-postgres-");
        var server =
            EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(true)
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("max_connections", "60")
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        admit(server, folder.resolve("pg_hba.conf"));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (SQLException e) {
        throw new IllegalStateException("The server does not take its settings", e);
      }
    }

    private static void stop(EmbeddedPostgres server) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A server that asks {@link #GUEST} for a password, and nobody else. */
  private static void admit(EmbeddedPostgres server, Path rules) throws IOException, SQLException {
    Files.writeString(
        rules, "host all %s all scram-sha-256\n".formatted(GUEST) + Files.readString(rules));
    try (var connection = server.getPostgresDatabase().getConnection()) {
      Sql.execute(connection, "create role %s login password 'right'".formatted(GUEST));
      Sql.execute(connection, "select pg_reload_conf()");
    }
  }

  /** Where the server is, with a database to ask for others in. */
  public static PostgresAddress server() throws StoreUnusable {
    return PostgresAddress.of(url("postgres"), "postgres", "postgres");
  }

  public static String url(String database) {
    return "jdbc:postgresql://localhost:%d/%s".formatted(port(), database);
  }

  public static int port() {
    return Server.STARTED.getPort();
  }

  /** An empty one. */
  public static PostgresScratch empty() throws StoreUnusable {
    return PostgresScratch.create(server());
  }
}
