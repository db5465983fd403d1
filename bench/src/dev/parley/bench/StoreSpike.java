package dev.parley.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares layouts of the store's tables and ways to commit: steps per second, durable, and
 * processor time per step. Layouts take turns within one run, so that noise falls on all alike.
 *
 * <p>Arguments: folder, seconds per measurement, then names of layouts; all without names.
 */
public final class StoreSpike {
  private static final int[] CALLERS = {1, 16, 64};
  private static final int ROUNDS = 8;

  private StoreSpike() {}

  /** What was measured for one layout and one number of callers. */
  private static final class Sum {
    long steps;
    long commits;
    long wallNanos;
    long cpuNanos;

    @Override
    public String toString() {
      return "%,.0f | %.0f | %.1f"
          .formatted(steps * 1e9 / wallNanos, cpuNanos / 1e3 / steps, (double) steps / commits);
    }
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory(Path.of(arguments[0]), "spike");
    double seconds = Double.parseDouble(arguments[1]) / ROUNDS;
    var chosen = List.of(arguments).subList(2, arguments.length);
    var targets = new LinkedHashMap<String, Target>();
    for (var layout : Layout.all()) {
      if (chosen.isEmpty() || chosen.contains(layout.name())) {
        targets.put(layout.name(), new SqlTarget(folder, layout));
      }
    }
    if (chosen.isEmpty() || chosen.contains("product")) {
      targets.put("product", new StoreTarget(folder.resolve("product"), false));
      targets.put("product, outbox", new StoreTarget(folder.resolve("outbox"), true));
    }
    measure(targets, 0.2);
    System.out.println("| layout | callers | steps/s | CPU µs/step | steps/commit |");
    System.out.println("|---|---|---|---|---|");
    measure(targets, seconds)
        .forEach((row, sum) -> System.out.println("| " + row + " | " + sum + " |"));
    for (var target : targets.values()) {
      System.out.println(target);
      target.close();
    }
  }

  private static Map<String, Sum> measure(Map<String, Target> targets, double seconds)
      throws InterruptedException {
    var sums = new LinkedHashMap<String, Sum>();
    for (int callers : CALLERS) {
      for (int round = 0; round < ROUNDS; round++) {
        for (var target : targets.entrySet()) {
          var sum = sums.computeIfAbsent(target.getKey() + " | " + callers, _ -> new Sum());
          slice(target.getValue(), callers, seconds, sum);
        }
      }
    }
    return sums;
  }

  private static void slice(Target target, int callers, double seconds, Sum sum)
      throws InterruptedException {
    var os = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    var pipeline = new Pipeline(target);
    long cpu = os.getProcessCpuTime();
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    var threads = new ArrayList<Thread>();
    for (int c = 0; c < callers; c++) {
      int caller = c;
      threads.add(
          Thread.startVirtualThread(
              () -> {
                while (System.nanoTime() < end) {
                  pipeline.call(Step.random(caller, callers));
                }
              }));
    }
    for (var thread : threads) {
      thread.join();
    }
    pipeline.stop();
    sum.wallNanos += System.nanoTime() - begin;
    sum.cpuNanos += os.getProcessCpuTime() - cpu;
    sum.steps += pipeline.steps();
    sum.commits += pipeline.commits();
  }
}
