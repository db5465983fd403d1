package dev.parley.cli;

import dev.parley.config.ConfigReader;
import dev.parley.config.ConfigUnusable;
import dev.parley.store.PostgresAddress;
import dev.parley.store.StoreUnusable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that lets a trial run on PostgreSQL instead of what it runs on otherwise. */
final class TrialServer {
  @Option(
      names = "--store",
      paramLabel = "URL",
      description =
          "Run it on this PostgreSQL server, in databases of its own that are dropped at the end;"
              + " the URL names one to connect to, such as jdbc:postgresql://host/postgres.")
  private @Nullable String store;

  /** Who logs in is configured as for a gateway. */
  Optional<PostgresAddress> address() throws ConfigUnusable, StoreUnusable {
    if (store == null) {
      return Optional.empty();
    }
    var configured = ConfigReader.ofProcess().read(Optional.empty()).store();
    return Optional.of(PostgresAddress.of(store, configured.user(), configured.password()));
  }
}
