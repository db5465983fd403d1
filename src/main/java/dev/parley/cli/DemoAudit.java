package dev.parley.cli;

import dev.parley.correlation.CorrelationKey;
import dev.parley.store.SqliteStore;
import dev.parley.store.Store;
import dev.parley.store.StoreUnusable;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What is left of the conversation in the books of both sides. */
final class DemoAudit {
  private DemoAudit() {}

  /**
   * What the supplier says.
   *
   * @param calls how often it was asked
   * @param reservations how often it reserved
   */
  record SupplierBooks(int calls, int reservations) {}

  static List<Scene.Audited> of(Path data, SupplierBooks supplier) throws Deviation {
    try (var store = SqliteStore.open(data)) {
      var counts = store.counts();
      return List.of(
          row("calls at the supplier, the second one recognised", 2, supplier.calls()),
          row("reservations in the ledger of the supplier", 1, supplier.reservations()),
          row("instances of the process order", 1, count(counts, "instances")),
          new Scene.Audited("the instance of order 4711", "completed", statusOf4711(store)),
          row("messages waiting in the queue", 0, count(counts, "waitingMessages")),
          row("messages pending in the outbox", 0, count(counts, "pendingOutbox")),
          row("open incidents", 0, count(counts, "openIncidents")));
    } catch (StoreUnusable e) {
      throw Deviation.of("a readable store", String.valueOf(e.getMessage()));
    }
  }

  private static Scene.Audited row(String question, long expected, long found) {
    return new Scene.Audited(question, Long.toString(expected), Long.toString(found));
  }

  private static long count(Map<String, Long> counts, String name) {
    return counts.getOrDefault(name, -1L);
  }

  private static String statusOf4711(Store store) {
    var key = new CorrelationKey("order", 0, "byOrder", List.of("4711")).digest();
    var holders = store.keys(List.of(key)).stream().map(k -> k.instance()).toList();
    return store.instances(holders).values().stream()
        .map(i -> i.status().name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
