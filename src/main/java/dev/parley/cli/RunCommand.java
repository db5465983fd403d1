package dev.parley.cli;

import dev.parley.Config;
import dev.parley.Gateway;
import dev.parley.conformance.HaltAt;
import dev.parley.deployment.Bundles;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Serves. */
@Command(
    name = "run",
    description = "Serves the processes in these folders until it is ended.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley run                            serves patterns/ on http://127.0.0.1:8080",
      "  parley run my-folder --port 0         takes a free port and says which",
      "  parley run my-folder --data /var/lib/parley"
    })
final class RunCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FOLDER",
      description = "A bundle, or a folder of bundles (default: patterns/).")
  private List<Path> folders = List.of();

  @Option(names = "--host", description = "Name or address to listen on (default: 127.0.0.1).")
  private @Nullable String host;

  @Option(names = "--port", description = "Port to listen on; 0 takes a free one (default: 8080).")
  private @Nullable Integer port;

  @Option(names = "--data", description = "Folder for everything durable (default: data).")
  private @Nullable Path data;

  @Option(
      names = "--partner",
      paramLabel = "NAME=URL",
      description = "Where a partner is reached, instead of the address in its WSDL.")
  private Map<String, String> partners = Map.of();

  @Option(names = "--no-validate", description = "Do not hold messages to their schema.")
  private boolean noValidate;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    var config = config();
    var bundles = Bundles.find(folders.isEmpty() ? List.of(Home.patterns()) : folders);
    String halt = System.getProperty("parley.halt");
    var gateway = Gateway.start(config, bundles, halt == null ? _ -> {} : HaltAt.parse(halt));
    var end = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("parley-stop")
                .unstarted(
                    () -> {
                      gateway.close();
                      end.countDown();
                    }));
    out.println("Parley serves " + gateway.address());
    gateway.services().forEach(s -> out.println("  " + s));
    out.flush();
    gateway.broken().join();
    throw new IllegalStateException(
        "The store in %s failed; see the log above. Nothing that was acknowledged is lost; start again."
            .formatted(config.data()));
  }

  private Config config() {
    var base = Config.DEFAULT;
    return new Config(
        host == null ? base.host() : host,
        port == null ? base.port() : port,
        data == null ? base.data() : data,
        base.publicAddress(),
        base.maxMessageBytes(),
        !noValidate,
        base.replyWithin(),
        partners);
  }
}
