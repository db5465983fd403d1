package dev.parley.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Brings a database to this version: numbered scripts, all that are missing in one transaction,
 * under a lock that lets one starter do it while others wait.
 */
record PostgresSchema(List<String> scripts) {
  static final PostgresSchema CURRENT =
      new PostgresSchema(
          List.of(
              "V1__rows.sql",
              "V2__dead_letters.sql",
              "V3__identity_slices.sql",
              "V4__leftovers.sql",
              "V6__operators.sql",
              "V7__gateways.sql"));

  private static final String LOCK =
      "select pg_advisory_xact_lock(1346458189, hashtext(coalesce(current_schema(), '')))";
  private static final String TABLES =
      "select count(*) from pg_tables where schemaname = current_schema()";

  /** Throws StoreUnusable for a database that is newer, or not ours. */
  void migrate(Connection connection, PostgresAddress address) throws SQLException, StoreUnusable {
    connection.setAutoCommit(false);
    try {
      Sql.execute(connection, LOCK);
      int version = version(connection, address);
      if (version > scripts.size()) {
        throw StoreUnusable.newer(address, version, scripts.size());
      }
      if (version < scripts.size()) {
        for (var script : scripts.subList(version, scripts.size())) {
          Sql.execute(connection, text(script));
        }
        Sql.execute(connection, "update parley_schema set version = " + scripts.size());
      }
      connection.commit();
    } catch (SQLException | StoreUnusable e) {
      PostgresLink.rollBack(connection);
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static int version(Connection connection, PostgresAddress address)
      throws SQLException, StoreUnusable {
    if (PostgresLink.number(connection, "select count(to_regclass('parley_schema'))") == 0) {
      if (PostgresLink.number(connection, TABLES) > 0) {
        throw StoreUnusable.notAStore(address);
      }
      Sql.execute(
          connection,
          "create table parley_schema (version integer not null);"
              + "insert into parley_schema values (0)");
    }
    return (int) PostgresLink.number(connection, "select version from parley_schema");
  }

  private static String text(String script) {
    try (var in = PostgresSchema.class.getResourceAsStream("postgres/" + script)) {
      if (in == null) {
        throw new IllegalStateException("Expected the resource " + script);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
