package dev.parley.store;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteLeftoversTest extends LeftoversConformance {
  @TempDir private Path folder;

  @Override
  Store open() throws StoreUnusable {
    return SqliteStore.open(folder);
  }
}
