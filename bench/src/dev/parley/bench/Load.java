package dev.parley.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The load process: does what its standard input says, line by line, and ends with it. */
final class Load {
  private static final String LOOPBACK = "127.0.0.1";
  private static final long FIRST_FRESH_KEY = 2_000_000_000_000L;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong keys;
  private final AtomicLong identities;

  /** What waits in each gateway, by its port. */
  private final Map<Integer, Pool> pools = new HashMap<>();

  private Load(long first) {
    keys = new AtomicLong(FIRST_FRESH_KEY + first);
    identities = new AtomicLong(first);
  }

  /**
   * See {@link LoadClient} for what it is told.
   *
   * @param arguments the number that keys and identities are counted from: another one for each
   *     that sends to the same gateway
   */
  public static void main(String[] arguments) throws IOException {
    var load = new Load(Long.parseLong(arguments[0]));
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(load.answer(line.split(" ", -1)));
      }
    } finally {
      load.threads.shutdownNow();
    }
  }

  private String answer(String[] words) {
    try {
      int port = Integer.parseInt(words[1]);
      int connections = Integer.parseInt(words[2]);
      long first = Long.parseLong(words[3]);
      long second = Long.parseLong(words[4]);
      return switch (words[0]) {
        case "pool" -> pool(port, (int) first);
        case "stray" -> stray(port, connections, (int) first, second);
        default -> measure(Workload.named(words[0]), port, connections, first, second);
      };
    } catch (BenchException | IOException | ExecutionException | InterruptedException e) {
      return "failed " + String.valueOf(e.getMessage()).replaceAll("\\R", " | ");
    }
  }

  /** From now on so many instances wait there. */
  private String pool(int port, int count) {
    pools.put(port, new Pool(count));
    return "pooled " + count;
  }

  private String stray(int port, int connections, int count, long millis)
      throws IOException, ExecutionException, InterruptedException {
    var left = new AtomicInteger(count);
    String authority = LOOPBACK + ":" + port;
    var callers = connect(port, connections, _ -> Script.stray(authority, left, keys, identities));
    long now = System.nanoTime();
    collect(start(callers, now, now + TimeUnit.MILLISECONDS.toNanos(millis)));
    return "strayed " + (count - Math.max(0, left.get()));
  }

  private Pool pool(int port) {
    return pools.getOrDefault(port, new Pool(0));
  }

  private String measure(Workload workload, int port, int connections, long lead, long millis)
      throws IOException, ExecutionException, InterruptedException {
    var callers = connect(port, connections, c -> script(workload, port, c, connections));
    long from = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(lead);
    long until = from + TimeUnit.MILLISECONDS.toNanos(millis);
    var loops = start(callers, from, until);
    sleepUntil(from);
    System.out.println("measuring");
    sleepUntil(until);
    System.out.println("measured");
    var all = collect(loops);
    return "window %d %d %d".formatted(all.total(), all.quantile(0.5), all.quantile(0.99));
  }

  private Script script(Workload workload, int port, int connection, int connections) {
    String authority = LOOPBACK + ":" + port;
    return workload.isCorrelated()
        ? Script.correlated(authority, pool(port), connection, connections, identities)
        : Script.fresh(workload.operation, authority, keys, identities);
  }

  private static List<Caller> connect(int port, int connections, IntFunction<Script> scripts)
      throws IOException {
    var address = new InetSocketAddress(InetAddress.ofLiteral(LOOPBACK), port);
    var callers = new ArrayList<Caller>();
    for (int c = 0; c < connections; c++) {
      callers.add(new Caller(address, scripts.apply(c)));
    }
    return callers;
  }

  private List<Future<Histogram>> start(List<Caller> callers, long from, long until) {
    int count = Math.clamp(Runtime.getRuntime().availableProcessors() / 4, 1, callers.size());
    var loops = new ArrayList<Future<Histogram>>();
    for (int i = 0; i < count; i++) {
      int thread = i;
      var own =
          IntStream.range(0, callers.size())
              .filter(c -> c % count == thread)
              .mapToObj(callers::get)
              .toList();
      loops.add(threads.submit(closing(own, new Loop(own, from, until))));
    }
    return loops;
  }

  private static Callable<Histogram> closing(List<Caller> callers, Loop loop) {
    return () -> {
      try {
        return loop.run();
      } finally {
        for (var caller : callers) {
          caller.close();
        }
      }
    };
  }

  private static Histogram collect(List<Future<Histogram>> loops)
      throws ExecutionException, InterruptedException {
    var all = new Histogram();
    for (var loop : loops) {
      all.add(loop.get());
    }
    return all;
  }

  private static void sleepUntil(long nanoTime) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
  }
}
