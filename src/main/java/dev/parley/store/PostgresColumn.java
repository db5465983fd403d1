package dev.parley.store;

import dev.parley.message.Digest;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A column, and what it holds for a row. */
record PostgresColumn<R>(String name, Type type, Function<R, ? extends @Nullable Object> value) {

  /** By the server's own names. */
  enum Type {
    INT8,
    INT4,
    TEXT,
    BYTEA;

    @Nullable Object[] array(int size) {
      return switch (this) {
        case INT8 -> new Long[size];
        case INT4 -> new Integer[size];
        case TEXT -> new String[size];
        case BYTEA -> new byte[size][];
      };
    }

    String inSql() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the driver takes for an array of the column's type. */
  @Nullable Object[] values(Collection<R> rows) {
    @Nullable Object[] values = type.array(rows.size());
    int i = 0;
    for (R row : rows) {
      values[i++] = value.apply(row);
    }
    return values;
  }

  static <R> PostgresColumn<R> big(String name, ToLongFunction<R> value) {
    return new PostgresColumn<>(name, Type.INT8, value::applyAsLong);
  }

  static <R> PostgresColumn<R> bigOrNull(String name, Function<R, @Nullable Long> value) {
    return new PostgresColumn<>(name, Type.INT8, value);
  }

  static <R> PostgresColumn<R> small(String name, ToIntFunction<R> value) {
    return new PostgresColumn<>(name, Type.INT4, value::applyAsInt);
  }

  /** A text has no character 0 there. */
  static <R> PostgresColumn<R> text(String name, Function<R, String> value) {
    return new PostgresColumn<>(name, Type.TEXT, r -> value.apply(r).replace('\0', '\uFFFD'));
  }

  static <R> PostgresColumn<R> bytes(String name, Function<R, byte @Nullable []> value) {
    return new PostgresColumn<>(name, Type.BYTEA, value);
  }

  static <R> PostgresColumn<R> digest(String name, Function<R, Digest> value) {
    return bytes(name, r -> value.apply(r).toBytes());
  }
}
