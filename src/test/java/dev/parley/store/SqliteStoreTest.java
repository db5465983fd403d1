package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SqliteStoreTest extends StoreConformance {
  @TempDir private Path folder;

  @Override
  Store open() throws StoreUnusable {
    return SqliteStore.open(folder);
  }

  @Test
  void every_boot_is_kept_with_the_node_that_it_was_of() throws Exception {
    var other = folder.resolve("other");
    SqliteStore.open(other).close();
    int second;
    try (var store = SqliteStore.open(other)) {
      second = store.bootId();
    }

    try (var connection = Sql.reading(other.resolve(SqliteFile.NAME))) {
      assertThat(Sql.number(connection, "select count(*) from boot")).isEqualTo(second);
      assertThat(Sql.text(connection, "select node from boot where id = " + second))
          .endsWith("/" + ProcessHandle.current().pid());
    }
  }
}
