package dev.parley.store;

import static dev.parley.store.Samples.live;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** A database made by another version, or by somebody else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresSchemaTest {
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
  void a_store_of_an_older_version_is_upgraded_with_its_data() throws Exception {
    commitOneInstance();

    try (var connection = connect()) {
      with("Vnext__test.sql").migrate(connection, database.address());

      assertThat(PostgresLink.number(connection, "select version from parley_schema"))
          .isEqualTo(PostgresSchema.CURRENT.scripts().size() + 1);
      assertThat(
              PostgresLink.number(
                  connection, "select count(*) from instance where id = 1 and note = 'none'"))
          .isEqualTo(1);
    }
  }

  @Test
  void a_script_that_fails_leaves_the_version_before() throws Exception {
    commitOneInstance();

    try (var connection = connect()) {
      assertThatThrownBy(() -> with("Vnext__broken.sql").migrate(connection, database.address()))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("nowhere");
    }

    try (var store = PostgresStore.open(database.address())) {
      assertThat(store.counts()).containsEntry("instances", 1L);
    }
  }

  @Test
  void two_who_start_at_once_make_the_tables_once() throws Exception {
    Callable<Long> starter =
        () -> {
          try (var connection = connect()) {
            PostgresSchema.CURRENT.migrate(connection, database.address());
            return PostgresLink.number(connection, "select version from parley_schema");
          }
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var version : threads.invokeAll(List.of(starter, starter, starter))) {
        assertThat(version.get()).isEqualTo(PostgresSchema.CURRENT.scripts().size());
      }
    }
  }

  @Test
  void a_store_of_a_newer_version_is_refused() throws Exception {
    commitOneInstance();
    run("update parley_schema set version = 99");

    assertThatThrownBy(() -> PostgresStore.open(database.address()))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining(
            "has version 99, but this gateway knows versions up to %d",
            PostgresSchema.CURRENT.scripts().size())
        .hasMessageContaining("start the gateway that wrote it");
  }

  @Test
  void somebody_elses_database_is_refused_and_left_alone() throws Exception {
    run("create table theirs (id integer)");

    assertThatThrownBy(() -> PostgresStore.open(database.address()))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("is not a Parley store");

    try (var connection = connect()) {
      assertThat(
              PostgresLink.number(
                  connection, "select count(*) from pg_tables where schemaname = 'public'"))
          .isEqualTo(1);
    }
  }

  private void commitOneInstance() throws StoreUnusable {
    try (var store = PostgresStore.open(database.address())) {
      store.commit(new BatchOf().newInstances(live(1, 1, "a")).batch());
    }
  }

  private void run(String sql) throws SQLException {
    try (var connection = connect()) {
      Sql.execute(connection, sql);
    }
  }

  private Connection connect() throws SQLException {
    return new PostgresLink(database.address()).view();
  }

  private static PostgresSchema with(String script) {
    return new PostgresSchema(
        Stream.concat(PostgresSchema.CURRENT.scripts().stream(), Stream.of(script)).toList());
  }
}
