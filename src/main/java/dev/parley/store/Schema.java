package dev.parley.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Brings a database file to this version: numbered scripts, each in a transaction of its own. */
record Schema(List<String> scripts) {
  static final Schema CURRENT =
      new Schema(
          List.of(
              "V1__rows.sql",
              "V2__recent_identities.sql",
              "V3__boots.sql",
              "V4__dead_letters.sql",
              "V5__identity_slices.sql",
              "V6__leftovers.sql",
              "V8__replays.sql",
              "V9__outbox_gateway.sql"));

  /** Marks the file as ours: "PARL". */
  private static final int APPLICATION_ID = 0x5041524C;

  /** Throws StoreUnusable for a file that is newer, or not ours. */
  void migrate(Connection connection, Path file) throws SQLException, StoreUnusable {
    int version = Sql.number(connection, "pragma user_version");
    int application = Sql.number(connection, "pragma application_id");
    boolean empty = Sql.number(connection, "select count(*) from sqlite_schema") == 0;
    if (application != APPLICATION_ID && !(empty && application == 0)) {
      throw StoreUnusable.notAStore(file);
    }
    if (version > scripts.size()) {
      throw StoreUnusable.newer(file, version, scripts.size());
    }
    if (!Sql.text(connection, "pragma journal_mode = wal").equals("wal")) {
      throw StoreUnusable.failed(
          file, new SQLException("its file system does not offer what a write-ahead log needs"));
    }
    for (int next = version; next < scripts.size(); next++) {
      Sql.run(
          connection,
          "begin immediate;"
              + text(scripts.get(next))
              + ";pragma application_id = %d;pragma user_version = %d;commit"
                  .formatted(APPLICATION_ID, next + 1));
    }
  }

  private static String text(String script) {
    try (var in = Schema.class.getResourceAsStream(script)) {
      if (in == null) {
        throw new IllegalStateException("Expected the resource " + script);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
