package dev.parley.store;

import static dev.parley.store.Samples.ORDER_7;
import static dev.parley.store.Samples.ORDER_7_CANCEL;
import static dev.parley.store.Samples.blob;
import static dev.parley.store.Samples.instance;
import static dev.parley.store.Samples.live;
import static dev.parley.store.Samples.waitingIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A database file made by another version, or by somebody else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SchemaTest {
  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void names() {
    file = folder.resolve(SqliteFile.NAME);
  }

  @Test
  void a_store_of_an_older_version_is_upgraded_with_its_data() throws Exception {
    commitOneInstance();

    try (var connection = Sql.writing(file)) {
      with("Vnext__test.sql").migrate(connection, file);

      assertThat(Sql.number(connection, "pragma user_version"))
          .isEqualTo(Schema.CURRENT.scripts().size() + 1);
      assertThat(
              Sql.number(
                  connection, "select count(*) from instance where id = 1 and note = 'none'"))
          .isEqualTo(1);
    }
  }

  static Stream<Integer> olderVersions() {
    return IntStream.range(0, Schema.CURRENT.scripts().size()).boxed();
  }

  @ParameterizedTest
  @MethodSource("olderVersions")
  void every_older_version_is_upgraded_to_this_one(int version) throws Exception {
    try (var connection = Sql.writing(file)) {
      new Schema(Schema.CURRENT.scripts().subList(0, version)).migrate(connection, file);
    }

    try (var store = SqliteStore.open(folder)) {
      store.commit(new BatchOf().newInstances(live(1, 1, "a")).batch());
      assertThat(store.counts()).containsEntry("liveInstances", 1L);
    }
  }

  @Test
  void waiting_messages_of_the_first_version_are_found() throws Exception {
    try (var connection = Sql.writing(file)) {
      new Schema(List.of("V1__rows.sql")).migrate(connection, file);
      Sql.run(
          connection,
          "insert into name values (1, '{urn:orders}Orders cancelOrder');"
              + "insert into waiting values (x'%s', 1, %d, 6)"
                  .formatted(ORDER_7, Codes.KIND.of(ORDER_7_CANCEL.kind())));
    }

    try (var store = SqliteStore.open(folder)) {
      assertThat(store.waiting(List.of(ORDER_7_CANCEL), 9))
          .containsExactly(waitingIn(ORDER_7_CANCEL, 6));
    }
  }

  @Test
  void a_script_that_fails_leaves_the_version_before() throws Exception {
    commitOneInstance();

    try (var connection = Sql.writing(file)) {
      assertThatThrownBy(() -> with("Vnext__broken.sql").migrate(connection, file))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("nowhere");
    }

    try (var store = SqliteStore.open(folder)) {
      assertThat(store.instances(List.of(instance(1))))
          .isEqualTo(Map.of(instance(1), Samples.with(live(1, 1, "a"), Map.of(1L, blob("one")))));
    }
  }

  @Test
  void a_store_of_a_newer_version_is_refused() throws Exception {
    commitOneInstance();
    run("pragma user_version = 99");

    assertThatThrownBy(() -> SqliteStore.open(folder))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining(
            "parley.db has version 99, but this gateway knows versions up to %d",
            Schema.CURRENT.scripts().size())
        .hasMessageContaining("start the gateway that wrote it");
  }

  @Test
  void somebody_elses_database_is_refused_and_left_alone() throws Exception {
    run("create table theirs (id integer)");
    byte[] before = Files.readAllBytes(file);

    assertThatThrownBy(() -> SqliteStore.open(folder))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("parley.db is not a Parley store");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void a_file_that_is_no_database_is_refused_and_left_alone() throws Exception {
    Files.writeString(file, "something else\n".repeat(1000));

    assertThatThrownBy(() -> SqliteStore.open(folder))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("parley.db is damaged or not a database")
        .hasMessageNotContaining("\n");
    assertThat(file).hasContent("something else\n".repeat(1000));
  }

  @Test
  void a_damaged_store_is_refused() throws Exception {
    commitOneInstance();
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 100, 4096, (byte) 0x55);
    Files.write(file, bytes);

    assertThatThrownBy(() -> SqliteStore.open(folder))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("parley.db is damaged");
  }

  @Test
  void a_refused_store_can_be_opened_once_its_cause_is_gone() throws Exception {
    Files.writeString(file, "something else\n".repeat(1000));
    assertThatThrownBy(() -> SqliteStore.open(folder)).isInstanceOf(StoreUnusable.class);
    Files.delete(file);

    try (var store = SqliteStore.open(folder)) {
      assertThat(store.bootId()).isEqualTo(1);
    }
  }

  private void commitOneInstance() throws StoreUnusable {
    try (var store = SqliteStore.open(folder)) {
      store.commit(
          new BatchOf()
              .newInstances(Samples.with(live(1, 1, "a"), Map.of(1L, blob("one"))))
              .batch());
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = Sql.checkpointing(file)) {
      Sql.run(connection, sql);
    }
  }

  private static Schema with(String script) {
    return new Schema(Stream.concat(Schema.CURRENT.scripts().stream(), Stream.of(script)).toList());
  }
}
