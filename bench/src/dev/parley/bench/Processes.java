package dev.parley.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts the processes of a run: this Java, this class path. */
final class Processes {
  /** The gateway's command line, where it is another; {@code {data}} and {@code {bundle}} stand. */
  private static final String GATEWAY = System.getProperty("parley.bench.gateway", "");

  private static final Path BUNDLE =
      Path.of(System.getProperty("parley.bench.bundle", "bench/bundle")).toAbsolutePath();

  /** Further options for the servers' JVMs. */
  private static final String JVM = System.getProperty("parley.bench.jvm", "-XX:+UseSerialGC");

  /** How long the bundle's stray messages wait: longer than anything that is measured. */
  static final Duration KEPT_FOR = Duration.ofHours(2);

  private static final Duration READY_WITHIN = Duration.ofMinutes(5);
  private static final String LOOPBACK = "http://127.0.0.1:";

  private final Path scratch;
  private final String heap;

  /**
   * In a folder.
   *
   * @param heap of each server: {@code 512m}
   */
  Processes(Path scratch, String heap) {
    this.scratch = scratch;
    this.heap = heap;
    if (!Files.isRegularFile(BUNDLE.resolve("bench.wsdl"))) {
      throw new BenchException(
          "Expected the bundle at %s. Run this in the project's folder, or say where it is with -Dparley.bench.bundle."
              .formatted(BUNDLE));
    }
  }

  Child load() {
    return load(0);
  }

  /** Another one, to the same gateway: its keys and identities are counted from this number. */
  Child load(long first) {
    var command = java("-Xmx256m");
    command.addAll(List.of("-cp", classPath(), Load.class.getName(), Long.toString(first)));
    return start("load generator", command);
  }

  Server bare() {
    int port = freePort();
    var command = server();
    String wsdl = BUNDLE.resolve("bench.wsdl").toString();
    command.addAll(
        List.of("-cp", classPath(), BareCxf.class.getName(), wsdl, Integer.toString(port)));
    return ready(start("bare CXF endpoint", command));
  }

  /** With its data in this folder. */
  Server gateway(Path data) {
    var folder = data.toString();
    return ready(start("gateway", GATEWAY.isEmpty() ? own(folder) : given(folder)));
  }

  /** A new folder with so much in its store. */
  Path filled(Stock stock, Instant at, Progress progress) {
    var data = dataFolder();
    progress.say("filling a store: " + stock);
    Filling.fill(data, BUNDLE, stock, at, progress);
    return data;
  }

  private Path dataFolder() {
    try {
      return Files.createTempDirectory(scratch, "data");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> own(String data) {
    var command = server();
    command.addAll(List.of("-cp", productClassPath(), "dev.parley.cli.Parley"));
    command.addAll(List.of("run", "--port", "0", "--data", data, BUNDLE.toString()));
    return command;
  }

  private static List<String> given(String data) {
    return Arrays.stream(GATEWAY.split(" ", -1))
        .map(word -> word.replace("{data}", data).replace("{bundle}", BUNDLE.toString()))
        .toList();
  }

  private Child start(String name, List<String> command) {
    return Child.start(name, scratch.toFile(), command);
  }

  private static Server ready(Child child) {
    long began = System.nanoTime();
    try {
      String address = child.hear(LOOPBACK, READY_WITHIN);
      String port = address.substring(LOOPBACK.length()).replaceFirst("\\D.*", "");
      var started = Duration.ofNanos(System.nanoTime() - began);
      return new Server(child, Integer.parseInt(port), started);
    } catch (BenchException e) {
      child.close();
      throw e;
    }
  }

  private List<String> server() {
    var command = java("-Xmx" + heap);
    command.add("--enable-native-access=ALL-UNNAMED");
    Arrays.stream(JVM.split(" ", -1)).filter(word -> !word.isEmpty()).forEach(command::add);
    return command;
  }

  private static List<String> java(String heap) {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ArrayList<>(List.of(java, heap));
  }

  /** Absolute, for the processes run in the scratch folder. */
  private static String classPath() {
    return entries().collect(Collectors.joining(File.pathSeparator));
  }

  /** Without the tests' resources, of which the log's configuration would be one. */
  private static String productClassPath() {
    return entries()
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Stream<String> entries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString());
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
