package dev.parley.config;

import org.jspecify.annotations.Nullable;

/**
 * Where everything durable lives.
 *
 * @param address of a PostgreSQL database, such as {@code jdbc:postgresql://host/db}; null: SQLite
 *     in the data folder
 * @param user who logs in; null: the address says it
 * @param password of the user; null: the address says it, or none is asked for
 */
public record StoreSettings(
    @Nullable String address, @Nullable String user, @Nullable String password) {

  /** In the data folder. */
  public static final StoreSettings EMBEDDED = new StoreSettings(null, null, null);

  /** Has no secret in it. */
  @Override
  public String toString() {
    return address == null ? "embedded" : "PostgreSQL";
  }
}
