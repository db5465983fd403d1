package dev.parley.conformance.run;

import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.BooleanSupplier;

/** The gateway under test. */
sealed interface Tested extends AutoCloseable permits InProcess, Remote {
  /** Before the first message. */
  void start(Collection<Path> bundles);

  boolean isUp();

  /** Scheme, host and port. */
  URI base();

  /** Waits until nothing more will happen by itself, if that can be known. */
  void settle();

  /** Waits for something to be so, if it can come by itself still. */
  void await(BooleanSupplier condition);

  @Override
  void close();
}
