package dev.parley.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;

/** One PostgreSQL server for all tests of this JVM; it is started by the first that asks. */
public final class TestDatabase {
  private TestDatabase() {}

  private static final class Server {
    private static final EmbeddedPostgres STARTED = start();

    // What is killed here is never the machine: tests need no disk that was forced.
    private static EmbeddedPostgres start() {
      try {
        var server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("full_page_writes", "off")
                .setServerConfig("shared_buffers", "32MB")
                .setServerConfig("max_connections", "60")
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
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
