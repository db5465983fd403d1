package dev.parley.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The store cannot be opened, and only the operator can help; the message is one line. */
public final class StoreUnusable extends Exception {
  private static final long serialVersionUID = 1L;

  private StoreUnusable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static StoreUnusable inUse(Path folder, String holder) {
    return new StoreUnusable(
        "The data folder %s is in use by %s; stop it, or give this gateway a folder of its own."
            .formatted(folder, holder),
        null);
  }

  static StoreUnusable notWritable(Path place, Throwable cause) {
    return new StoreUnusable(
        "%s cannot be written to (%s); name another data folder, or change its rights."
            .formatted(place, oneLine(cause)),
        cause);
  }

  static StoreUnusable newer(Path file, int found, int known) {
    return new StoreUnusable(
        "%s has version %d, but this gateway knows versions up to %d; start the gateway that wrote it, or a newer one."
            .formatted(file, found, known),
        null);
  }

  static StoreUnusable notAStore(Path file) {
    return new StoreUnusable(
        "%s is not a Parley store; move it away, or name another data folder.".formatted(file),
        null);
  }

  static StoreUnusable corrupt(Path file, Throwable cause) {
    return new StoreUnusable(
        "%s is damaged or not a database (%s); restore it from a backup, or move it away."
            .formatted(file, oneLine(cause)),
        cause);
  }

  static StoreUnusable failed(Path file, Throwable cause) {
    return new StoreUnusable("%s cannot be opened: %s.".formatted(file, oneLine(cause)), cause);
  }

  static StoreUnusable notAnAddress() {
    return new StoreUnusable(
        "The store's address is expected to be jdbc:postgresql://host:port/database, user and"
            + " password apart from it (storeUser, storePassword) or behind it"
            + " (?user=…&password=…); correct it.",
        null);
  }

  static StoreUnusable unreachable(PostgresAddress address, Throwable cause) {
    return new StoreUnusable(
        "The %s cannot be reached (%s); start it, or correct the store's address."
            .formatted(address, oneLine(cause)),
        cause);
  }

  static StoreUnusable login(PostgresAddress address, Throwable cause) {
    return new StoreUnusable(
        "The %s does not let in user '%s' (%s); correct storeUser and storePassword."
            .formatted(address, address.user(), oneLine(cause)),
        cause);
  }

  static StoreUnusable noDatabase(PostgresAddress address, Throwable cause) {
    return new StoreUnusable(
        "There is no database '%s' on %s; make it (createdb %s), or correct the store's address."
            .formatted(address.name(), address.server(), address.name()),
        cause);
  }

  static StoreUnusable noRights(PostgresAddress address, Throwable cause) {
    return new StoreUnusable(
        "The %s cannot be written to by user '%s' (%s); make that user its owner."
            .formatted(address, address.user(), oneLine(cause)),
        cause);
  }

  static StoreUnusable inUse(PostgresAddress address, String holder) {
    return new StoreUnusable(
        "The %s is in use by the gateway %s; stop that one, or give this gateway a database of its own."
            .formatted(address, holder),
        null);
  }

  static StoreUnusable newer(PostgresAddress address, int found, int known) {
    return new StoreUnusable(
        "The %s has version %d, but this gateway knows versions up to %d; start the gateway that wrote it, or a newer one."
            .formatted(address, found, known),
        null);
  }

  static StoreUnusable notAStore(PostgresAddress address) {
    return new StoreUnusable(
        "The %s has tables, but is not a Parley store; name another database.".formatted(address),
        null);
  }

  static StoreUnusable failed(PostgresAddress address, Throwable cause) {
    return new StoreUnusable(
        "The %s cannot be opened: %s.".formatted(address, oneLine(cause)), cause);
  }

  private static String oneLine(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message.replaceAll("\\R", " ");
  }
}
