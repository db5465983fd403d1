package dev.parley.conformance.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the partner heard. Removes duplicates by their wire id, and gives them the same receipt. */
final class Ledger implements AutoCloseable {
  private final ForcedFile file;
  private final Map<String, String> receipts = new HashMap<>();
  private final Map<String, Integer> arrivals = new HashMap<>();
  private long lastArrival = System.nanoTime();

  Ledger(Path path) throws IOException {
    file = new ForcedFile(path);
  }

  static List<Delivery> read(Path path) throws IOException {
    try (var lines = Files.lines(path)) {
      return lines.map(Delivery::parse).toList();
    }
  }

  /** The receipt, and how often the message has come by now. */
  record Recorded(String receipt, int arrivals) {}

  synchronized Recorded record(String wireId, String instance, String key, int sequence) {
    String receipt = receipts.computeIfAbsent(wireId, _ -> "r" + (receipts.size() + 1));
    file.append(new Delivery(wireId, instance, key, sequence, receipt).toString());
    lastArrival = System.nanoTime();
    return new Recorded(receipt, arrivals.merge(wireId, 1, Integer::sum));
  }

  synchronized long nanosSinceLastArrival() {
    return System.nanoTime() - lastArrival;
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
