package dev.parley.bench;

/** A server under load. */
record Server(Child process, int port) implements AutoCloseable {

  @Override
  public void close() {
    process.close();
  }
}
