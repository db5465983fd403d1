package dev.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** A gateway in a process of its own, which can be killed. */
final class DemoGateway implements AutoCloseable {
  private static final int SECONDS = 20;
  // It lives for seconds: code that starts fast is worth more than code that runs fast.
  private static final List<String> OPTIONS =
      List.of(
          "-Duser.language=en",
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1");
  private static final String SERVES = "Parley serves ";

  private final CompletableFuture<String> serving = new CompletableFuture<>();
  private final Process process;
  private final Path log;
  private final Thread follower;

  private DemoGateway(Process process, Path log) {
    this.process = process;
    this.log = log;
    follower = Thread.ofVirtual().name("demo-gateway-output").start(this::follow);
  }

  /** Starts one; what it prints goes to a log file in this folder. */
  static DemoGateway start(Path folder, List<String> arguments) throws IOException {
    var log = folder.resolve("gateway.log");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(List.of("-cp", classPath(), Parley.class.getName(), "run"));
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PARLEY_"));
    builder.redirectErrorStream(true);
    return new DemoGateway(builder.start(), log);
  }

  /** Its parts are absolute, since the gateway has a working directory of its own. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(part -> Path.of(part).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void follow() {
    try (var lines = process.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Files.writeString(log, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (line.startsWith(SERVES)) {
          serving.complete(line.substring(SERVES.length()));
        }
      }
      serving.completeExceptionally(new IOException("it ended"));
    } catch (IOException e) {
      serving.completeExceptionally(e);
    }
  }

  /** Where it serves, once it does. */
  URI address() throws Deviation, InterruptedException {
    try {
      return URI.create(serving.get(SECONDS, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      throw Deviation.of(
          "the gateway to serve within %d s".formatted(SECONDS),
          e instanceof TimeoutException ? "that it does not yet" : "that it ended");
    }
  }

  long pid() {
    return process.pid();
  }

  /** As a power cut would. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to end, as a service manager does (SIGTERM). */
  void terminate() {
    process.destroy();
  }

  /** Asks it to end, and waits until it has. */
  void stop() throws Deviation, InterruptedException {
    terminate();
    Deviation.unless(
        process.waitFor(SECONDS, TimeUnit.SECONDS),
        "the gateway to end within %d s of SIGTERM".formatted(SECONDS),
        "that it still runs");
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    try {
      follower.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
