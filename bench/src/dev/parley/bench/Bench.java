package dev.parley.bench;

import java.time.Duration;
import java.util.Locale;

/** Measures the gateway beside a bare CXF endpoint, and prints a table or JSON. */
public final class Bench {
  private static final Duration END_WITHIN = Duration.ofSeconds(20);

  private Bench() {}

  /** See {@code bench/README.md}. */
  public static void main(String[] arguments) {
    // Figures read alike everywhere, in JSON above all.
    Locale.setDefault(Locale.ROOT);
    int status = 0;
    var cleanUp = cleanUpWhenInterrupted(Thread.currentThread());
    try {
      run(Options.parse(arguments));
    } catch (BenchException e) {
      System.err.println(e.getMessage());
      status = 1;
    }
    try {
      Runtime.getRuntime().removeShutdownHook(cleanUp);
      System.exit(status);
    } catch (IllegalStateException e) {
      // The JVM is ending already, and waits for this thread.
      return;
    }
  }

  private static void run(Options options) {
    try (var scratch = Scratch.in(options.data())) {
      var processes = new Processes(scratch.folder(), options.heap());
      var progress = new Progress(System.err);
      if (options.expiring() > 0) {
        var outcome = new Expiry(options, processes, progress).run();
        System.out.println(options.isJson() ? outcome.json() : outcome.text());
        return;
      }
      if (options.stray() > 0) {
        var outcome = new Strays(options, processes, progress).run();
        System.out.println(options.isJson() ? outcome.json() : outcome.text());
        return;
      }
      var results = new Campaign(options, processes, progress).run();
      var report = new Report(results);
      System.out.println(
          options.isJson() ? report.json() : report.text(description(options, scratch)));
    }
  }

  private static String description(Options options, Scratch scratch) {
    return "%d cores, %s %s, %s %s, data on %s; envelopes of %d bytes; medians of %d rounds of %.1f s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.vm.name"),
            System.getProperty("java.vm.version"),
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            scratch.fileSystem(),
            Request.ENVELOPE_BYTES,
            options.rounds(),
            options.window().toMillis() / 1e3);
  }

  /** The interrupted thread leaves its blocks, which end the processes and delete their data. */
  private static Thread cleanUpWhenInterrupted(Thread main) {
    var hook =
        new Thread(
            () -> {
              main.interrupt();
              try {
                main.join(END_WITHIN);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
    return hook;
  }
}
