package dev.parley.conformance.run;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.BooleanSupplier;

/**
 * In this process and in virtual time: after each step everything that will happen has happened.
 */
record InProcess(VirtualTime time, Node node) implements Tested {
  @Override
  public void start(Collection<Path> bundles) {
    node.start(bundles);
  }

  @Override
  public boolean isUp() {
    return node.isUp();
  }

  @Override
  public URI base() {
    return node.base();
  }

  @Override
  public void settle() {
    time.settle();
  }

  @Override
  public void await(BooleanSupplier condition) {
    time.settle();
  }

  @Override
  public void close() {
    node.close();
  }
}
