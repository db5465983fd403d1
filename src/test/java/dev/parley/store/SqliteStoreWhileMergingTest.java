package dev.parley.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** With logs and a filter so small that every commit merges and the filter soon starts anew. */
class SqliteStoreWhileMergingTest extends StoreConformance {
  @TempDir private Path folder;

  @Override
  Store open() throws StoreUnusable {
    return SqliteStore.open(folder, 1, 64);
  }
}
