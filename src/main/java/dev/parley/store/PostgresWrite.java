package dev.parley.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A statement for many rows of one table: an array for each column, one trip to the server. */
final class PostgresWrite<R> {
  private final String sql;
  private final List<PostgresColumn<R>> columns;

  private PostgresWrite(String sql, List<PostgresColumn<R>> columns) {
    this.sql = sql;
    this.columns = columns;
  }

  static <R> PostgresWrite<R> insert(String table, List<PostgresColumn<R>> columns) {
    return insert(table, columns, "");
  }

  /**
   * Inserts in the order of the rows.
   *
   * @param onConflict what to do about a row that is there
   */
  static <R> PostgresWrite<R> insert(
      String table, List<PostgresColumn<R>> columns, String onConflict) {
    return new PostgresWrite<>(
        "insert into %s (%s) select * from %s %s"
            .formatted(table, names(columns), given(columns), onConflict),
        columns);
  }

  /** Deletes the rows that are the same in all of these columns. */
  static <R> PostgresWrite<R> delete(String table, List<PostgresColumn<R>> columns) {
    return new PostgresWrite<>(
        "delete from %s t using %s where %s"
            .formatted(
                table,
                given(columns),
                columns.stream()
                    .map(c -> "t.%1$s = g.%1$s".formatted(c.name()))
                    .collect(Collectors.joining(" and "))),
        columns);
  }

  /**
   * Updates by column id. Rows are locked in the order of their ids, so that no two writers wait
   * for each other.
   *
   * @param check what else must hold of row t given row g; empty: nothing
   */
  static <R> PostgresWrite<R> update(String table, List<PostgresColumn<R>> columns, String check) {
    return new PostgresWrite<>(
        ("with g as materialized (select g.* from %s join %s t on t.id = g.id %s"
                + " order by g.id for no key update of t)"
                + " update %s t set %s from g where t.id = g.id")
            .formatted(
                given(columns),
                table,
                check,
                table,
                columns.stream()
                    .filter(c -> !c.name().equals("id"))
                    .map(c -> "%1$s = g.%1$s".formatted(c.name()))
                    .collect(Collectors.joining(", "))),
        columns);
  }

  /** How many rows it has written or deleted. */
  int all(Collection<R> rows, Connection connection) throws SQLException {
    if (rows.isEmpty()) {
      return 0;
    }
    // The driver keeps statements prepared, by their text.
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < columns.size(); i++) {
        var column = columns.get(i);
        statement.setArray(
            i + 1, connection.createArrayOf(column.type().inSql(), column.values(rows)));
      }
      return statement.executeUpdate();
    }
  }

  private static <R> String names(List<PostgresColumn<R>> columns) {
    return columns.stream().map(PostgresColumn::name).collect(Collectors.joining(", "));
  }

  private static <R> String given(List<PostgresColumn<R>> columns) {
    return "unnest(%s) as g (%s)"
        .formatted(
            columns.stream()
                .map(c -> "?::" + c.type().inSql() + "[]")
                .collect(Collectors.joining(", ")),
            names(columns));
  }
}
