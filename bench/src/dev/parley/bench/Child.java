package dev.parley.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process of ours: what it says, what it costs, and its end. */
final class Child implements AutoCloseable {
  private static final Duration STOP_WITHIN = Duration.ofSeconds(10);
  private static final int KEPT_LINES = 30;
  private static final int WAITING_LINES = 10_000;

  private final String name;
  private final Process process;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(WAITING_LINES);
  private final Deque<String> latest = new ArrayDeque<>();

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
    Thread.ofPlatform().daemon().name(name).start(this::listen);
  }

  static Child start(String name, File folder, List<String> command) {
    try {
      var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(folder);
      return new Child(name, builder.start());
    } catch (IOException e) {
      throw new BenchException("Cannot start the " + name + ": " + e.getMessage(), e);
    }
  }

  long pid() {
    return process.pid();
  }

  void tell(String line) {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw failure("does not listen any more");
    }
  }

  /** The next line with this word in it, from the word on. */
  String hear(String word, Duration within) {
    long until = System.nanoTime() + within.toNanos();
    while (System.nanoTime() - until < 0) {
      String line = poll();
      if (line.startsWith("failed ")) {
        throw new BenchException(line);
      }
      int at = line.indexOf(word);
      if (at >= 0) {
        return line.substring(at);
      }
      if (line.isEmpty() && !process.isAlive()) {
        throw failure("ended");
      }
    }
    throw failure("did not say '%s' within %s".formatted(word, within));
  }

  static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted.", e);
    }
  }

  /** Of all its threads, since it began. */
  Duration cpu() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> failure("has no CPU time; it ended, or the system does not tell"));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** The next line, or an empty one if none comes soon. */
  private String poll() {
    try {
      var line = lines.poll(100, TimeUnit.MILLISECONDS);
      return line == null ? "" : line;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("Interrupted.", e);
    }
  }

  private BenchException failure(String what) {
    synchronized (latest) {
      return new BenchException(
          "The %s %s. Its last words:\n%s".formatted(name, what, String.join("\n", latest)));
    }
  }

  private void listen() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        keep(line);
      }
    } catch (IOException e) {
      keep("(" + e.getMessage() + ")");
    }
  }

  private void keep(String line) {
    synchronized (latest) {
      latest.addLast(line);
      if (latest.size() > KEPT_LINES) {
        latest.removeFirst();
      }
    }
    // Nobody waits for a server's log: what finds no room is dropped.
    if (!lines.offer(line)) {
      lines.clear();
    }
  }
}
