package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.PostgresScratch;
import dev.parley.store.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that cannot be used: exit code 2, and one line that says what to do, no secret. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DatabaseTest {
  @TempDir private Path folder = Path.of("");
  private PostgresScratch database;

  @BeforeEach
  void makes() throws Exception {
    database = TestDatabase.empty();
  }

  @AfterEach
  void drops() {
    database.close();
  }

  @Test
  void a_server_that_is_not_there_is_named() throws IOException {
    int port = freePort();

    isUnusable(
        run("jdbc:postgresql://127.0.0.1:%d/shop?user=a&password=s3cret".formatted(port)),
        "parley: The PostgreSQL database shop on 127.0.0.1:%d cannot be reached".formatted(port));
  }

  @Test
  void a_wrong_password_is_refused() {
    isUnusable(
        run(TestDatabase.url("postgres") + "?user=guest&password=s3cret"),
        "parley: The PostgreSQL database postgres on localhost:%d does not let in user 'guest'"
            .formatted(TestDatabase.port()));
  }

  @Test
  void a_database_that_is_missing_is_named() {
    isUnusable(
        run(TestDatabase.url("nowhere") + "?user=postgres"),
        "parley: There is no database 'nowhere' on localhost:%d; make it (createdb nowhere)"
            .formatted(TestDatabase.port()));
  }

  @Test
  void a_user_who_may_make_no_tables_is_refused() {
    isUnusable(
        run(database.address().url() + "?user=guest&password=right"),
        "parley: The %s cannot be written to by user 'guest'".formatted(database.address()));
  }

  @Test
  void a_database_that_an_older_gateway_has_for_itself_is_refused() throws Exception {
    try (var older = DriverManager.getConnection(database.address().url(), "postgres", "");
        var statement = older.createStatement()) {
      statement.execute(
          "select pg_advisory_lock(1346458188, hashtext(coalesce(current_schema(), '')))");

      isUnusable(
          run(database.address().url() + "?user=postgres"),
          "parley: The %s is in use by the gateway ".formatted(database.address()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:mysql://h/d?password=s3cret",
        "jdbc:postgresql://user:s3cret@h/d",
        "jdbc:postgresql://h:s3cret/d",
        "postgres://user:s3cret@h/d"
      })
  void an_address_of_another_form_is_refused_unseen(String address) {
    isUnusable(run(address), "parley: The store's address is expected to be jdbc:postgresql://");
  }

  private Ran run(String store) {
    return Ran.parley(
        "run", "--data", folder.toString(), "--port", "0", "--store", store, "patterns/order");
  }

  private static void isUnusable(Ran run, String line) {
    assertThat(run.err()).startsWith(line).hasLineCount(1).doesNotContain("s3cret");
    assertThat(run.out()).doesNotContain("s3cret");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
