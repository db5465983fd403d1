package dev.parley.store;

/** The database refused or failed. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean nothingWritten;
  private final boolean lostRace;

  private StoreException(String message, boolean nothingWritten, Throwable cause) {
    super(message, cause);
    this.nothingWritten = nothingWritten;
    this.lostRace = false;
  }

  private StoreException(String lostRace) {
    super(lostRace, new IllegalStateException(lostRace));
    this.nothingWritten = true;
    this.lostRace = true;
  }

  /** Whether it is certain that nothing of the batch was written: it may be tried again. */
  public boolean nothingWritten() {
    return nothingWritten;
  }

  /** Whether another writer was first: the batch may be decided again, from what is there now. */
  public boolean isLostRace() {
    return lostRace;
  }

  /** No space left: nothing was written. */
  public static StoreException full(Throwable cause) {
    return new StoreException(
        "The disk of the data folder is full; make room, then send again.", true, cause);
  }

  /** A version check or unique key was lost to another writer: nothing was written. */
  public static StoreException lostRace(String what) {
    return new StoreException(what);
  }

  /** No space left at the database: nothing was written. */
  static StoreException databaseFull(Throwable cause) {
    return new StoreException(
        "The disk of the database is full; make room, then send again.", true, cause);
  }

  /** The database is away or refuses: nothing was written. */
  static StoreException unavailable(Throwable cause) {
    return new StoreException(
        "The database cannot be reached, or refuses to write; send again later.", true, cause);
  }

  /** The database is away or refuses; there was nothing to write. */
  static StoreException unreadable(String what, Throwable cause) {
    return new StoreException("The database failed to read " + what + ".", true, cause);
  }

  /** Anything else: what became of the batch is unknown. */
  public static StoreException broken(String doing, Throwable cause) {
    return new StoreException(
        "The store failed to " + doing + ": " + cause.getMessage(), false, cause);
  }
}
