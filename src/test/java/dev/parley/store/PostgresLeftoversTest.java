package dev.parley.store;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PostgresLeftoversTest extends LeftoversConformance {
  private PostgresScratch database;

  @BeforeEach
  @Override
  void opens() throws Exception {
    database = TestDatabase.empty();
    super.opens();
  }

  @AfterEach
  @Override
  void closes() {
    super.closes();
    database.close();
  }

  @Override
  Store open() throws StoreUnusable {
    return PostgresStore.open(database.address());
  }
}
