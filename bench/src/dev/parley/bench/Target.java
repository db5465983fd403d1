package dev.parley.bench;

import java.sql.SQLException;
import java.util.List;

/** A store under measurement: one thread decides, one commits. */
interface Target extends AutoCloseable {
  /** Whether deciding and committing are done by two threads. */
  boolean pipelined();

  /** Reads what the steps need. */
  void decide(List<Step> steps) throws Exception;

  /** Writes all rows of the steps and makes them durable. */
  void commit(List<Step> steps) throws Exception;

  @Override
  void close() throws SQLException;
}
