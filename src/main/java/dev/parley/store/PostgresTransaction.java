package dev.parley.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;

/**
 * Statements that are committed together.
 *
 * @param reads what they were decided by
 * @param told asked only where there are other gateways to be told
 */
record PostgresTransaction(Work work, ReadSet reads, Supplier<Told> told) {

  /** Statements of one transaction. */
  @FunctionalInterface
  interface Work {
    void run(Connection connection) throws SQLException;
  }

  /**
   * What others are told of it, besides its identities.
   *
   * @param news without a number
   * @param dropped slice of identities; 0: none
   */
  record Told(WriteSet written, News news, long dropped) {
    static Told of(Batch batch) {
      return new Told(WriteSet.of(batch), News.of(0, batch), 0);
    }

    /** Of rows that are gone. */
    static Told of(WriteSet removed) {
      return new Told(removed, News.ofNothing(0), 0);
    }

    /** Of a slice of identities that is gone; 0: of none. */
    static Told ofDropped(long slice) {
      return new Told(WriteSet.none(), News.ofNothing(0), slice);
    }
  }

  /** Of what removes rows by itself: it looks whether they can go. */
  static PostgresTransaction removing(Work work, Supplier<WriteSet> removed) {
    return new PostgresTransaction(work, ReadSet.none(), () -> Told.of(removed.get()));
  }

  /** Of what changes nothing but slices of identities. */
  static PostgresTransaction slicing(Work work, long dropped) {
    return new PostgresTransaction(work, ReadSet.none(), () -> Told.ofDropped(dropped));
  }
}
