package dev.parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A gateway's database, read beside it. */
record StoreFile(Path path) {

  @FunctionalInterface
  private interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  static StoreFile in(Path data) {
    try (var files = Files.list(data)) {
      return new StoreFile(
          files.filter(f -> f.toString().endsWith(".db")).findFirst().orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Messages that are queued. */
  long queued() {
    return read("select count(*) from message where state = 0", row -> row.getLong(1));
  }

  /** Those of the closed slices. */
  Filters filters() {
    return read(
        "select count(*), coalesce(sum(length(filter)), 0) from identity_slice",
        row -> new Filters(row.getInt(1), row.getLong(2)));
  }

  private <T> T read(String query, Reading<T> reading) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path);
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return reading.of(row);
    } catch (SQLException e) {
      throw new BenchException("The store cannot be read: " + e.getMessage(), e);
    }
  }
}
