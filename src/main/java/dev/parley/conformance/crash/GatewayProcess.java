package dev.parley.conformance.crash;

import dev.parley.store.PostgresAddress;
import dev.parley.store.PostgresStore;
import dev.parley.store.SqliteStore;
import dev.parley.store.Store;
import dev.parley.store.StoreUnusable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A gateway as a process of its own, on the class path of this one. */
final class GatewayProcess implements AutoCloseable {
  private static final List<String> OPTIONS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "-Duser.language=en",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx256m");

  private final Process process;
  private final CompletableFuture<Boolean> serving = new CompletableFuture<>();
  private final Thread onExit;

  private GatewayProcess(Process process) {
    this.process = process;
    this.onExit = Thread.ofPlatform().unstarted(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(onExit);
    Thread.ofPlatform().name("crash-gateway-output").daemon().start(this::read);
  }

  /**
   * What every start of the gateway has in common.
   *
   * @param folder has the data folder and the log
   * @param database that everything durable is in; empty: it is in the data folder
   */
  record Launch(
      Path folder, Path bundle, int port, String partner, Optional<PostgresAddress> database) {
    /** The store of a gateway that has been stopped. */
    Store openStore() throws StoreUnusable {
      return database.isPresent() ? PostgresStore.open(database.get()) : SqliteStore.open(data());
    }

    Path data() {
      return folder.resolve("data");
    }

    Path log() {
      return folder.resolve("gateway.log");
    }
  }

  /** Starts it; with a fail point it will end itself there. */
  static GatewayProcess start(Launch launch, @Nullable String failPoint) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    if (failPoint != null) {
      command.add("-Dparley.halt=" + failPoint);
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.parley.cli.Parley"));
    command.addAll(List.of("run", "--port", String.valueOf(launch.port())));
    command.addAll(List.of("--data", launch.data().toString()));
    command.addAll(List.of("--partner", "ledger=" + launch.partner()));
    command.add(launch.bundle().toString());
    var builder = new ProcessBuilder(command);
    builder.environment().put("PARLEY_LOG", "WARN");
    launch.database().ifPresent(d -> use(d, builder.environment()));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
    return new GatewayProcess(builder.start());
  }

  /** Not as options, which everybody on the machine can read. */
  private static void use(PostgresAddress database, Map<String, String> environment) {
    environment.put("PARLEY_STORE", database.url());
    database
        .login()
        .forEach((key, value) -> environment.put("PARLEY_STORE_" + upper(key), value.toString()));
  }

  private static String upper(Object key) {
    return key.toString().toUpperCase(Locale.ROOT);
  }

  private void read() {
    try (var lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("Parley serves ")) {
          serving.complete(true);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      serving.complete(false);
    }
  }

  /** False when it ended before it served. */
  boolean awaitServing(Duration within) throws InterruptedException, TimeoutException {
    try {
      return serving.get(within.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The gateway's output could not be read", e.getCause());
    }
  }

  /** Whether it has ended by then. */
  boolean awaitEnd(Duration within) throws InterruptedException {
    return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Throws IllegalThreadStateException while it runs. */
  int exitCode() {
    return process.exitValue();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** The end of what it logged. */
  static String logged(Launch launch) throws IOException {
    if (!Files.exists(launch.log())) {
      return "";
    }
    var lines = Files.readAllLines(launch.log());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // This process ends too: the hook does the rest.
      process.destroyForcibly();
    }
  }
}
