package dev.parley.cli;

import dev.parley.config.Config;
import dev.parley.config.ConfigReader;
import dev.parley.config.ConfigUnusable;
import dev.parley.config.StoreSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that configure a gateway; they win over all other configuration. */
final class Configured {
  private static final int MAX_PORT = 65_535;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration in YAML (default: ./parley.yaml, if there is one).")
  private @Nullable Path file;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Name or address to listen on (default: 127.0.0.1).")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on; 0 takes a free one (default: 8080).")
  private @Nullable Integer port;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Folder for everything durable (default: data).")
  private @Nullable Path data;

  @Option(
      names = "--store",
      paramLabel = "URL",
      description = "PostgreSQL database for everything durable, instead of the data folder.")
  private @Nullable String store;

  @Option(
      names = "--partner",
      paramLabel = "NAME=URL",
      description = "Where a partner is reached, instead of the address in its WSDL.")
  private Map<String, String> partners = Map.of();

  @Option(names = "--no-validate", description = "Do not hold messages to their schema.")
  private boolean noValidate;

  Config config() throws ConfigUnusable, UnusableException {
    if (port != null && (port < 0 || port > MAX_PORT)) {
      throw new UnusableException(
          "--port: expected a port from 0 to %d, but found %d.".formatted(MAX_PORT, port));
    }
    var base = ConfigReader.ofProcess().read(Optional.ofNullable(file));
    var together = new LinkedHashMap<>(base.partners());
    for (var partner : partners.entrySet()) {
      HttpAddress.of("--partner " + partner.getKey(), partner.getValue());
      together.put(partner.getKey(), partner.getValue());
    }
    return new Config(
        host == null ? base.host() : host,
        port == null ? base.port() : port,
        data == null ? base.data() : data,
        store == null
            ? base.store()
            : new StoreSettings(store, base.store().user(), base.store().password()),
        base.publicAddress(),
        base.maxMessageBytes(),
        base.validate() && !noValidate,
        base.replyWithin(),
        base.replyAddresses(),
        together,
        base.retention(),
        base.queue());
  }
}
