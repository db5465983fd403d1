package dev.parley.cli;

import dev.parley.Gateway;
import dev.parley.conformance.HaltAt;
import dev.parley.deployment.Bundles;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
      "  parley run my-folder --data /var/lib/parley --config /etc/parley.yaml",
      "  PARLEY_STORE_PASSWORD=secret parley run --store jdbc:postgresql://db1/parley?user=parley",
      "  parley run --partner supplier=http://stock.example/supplier",
      "",
      "Configuration, the first that has a value wins: option, system property (parley.port),",
      "environment variable (PARLEY_PORT), file (port: 8080), default. Keys: host, port, data,",
      "store, storeUser, storePassword, storePasswordFile, publicAddress, maxMessageBytes,",
      "validate, replyWithin (such as PT60S), partners; how long what is past is kept:",
      "duplicateWindow, maxIdentities, keepReplies, maxReplies, maxReplyBytes, keepFinished.",
      "",
      "SIGTERM and Ctrl-C end it in good order: what is under way is finished.",
      "Exit codes: 1 the store failed, 2 unusable input or surroundings, 143 ended by SIGTERM."
    })
final class RunCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FOLDER",
      description = "A bundle, or a folder of bundles (default: patterns/).")
  private List<Path> folders = List.of();

  @Mixin private Configured configured = new Configured();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    var config = configured.config();
    var bundles = Bundles.find(folders.isEmpty() ? List.of(Home.patterns()) : folders);
    String halt = System.getProperty("parley.halt");
    var gateway = Gateway.start(config, bundles, halt == null ? _ -> {} : HaltAt.parse(halt));
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().name("parley-stop").unstarted(gateway::close));
    out.println("Parley serves " + gateway.address());
    gateway.services().forEach(s -> out.println("  " + s));
    out.flush();
    gateway.broken().join();
    throw new IllegalStateException(
        "The store in %s failed; see the log above. Nothing that was acknowledged is lost; start again."
            .formatted(config.store().address() == null ? config.data() : config.store()));
  }
}
