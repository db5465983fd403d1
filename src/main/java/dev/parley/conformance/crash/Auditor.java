package dev.parley.conformance.crash;

import dev.parley.conformance.crash.Violation.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares the journal of what was acknowledged with every effect that can be seen from outside.
 */
public final class Auditor {
  private final Map<String, List<Entry>> journal;
  private final Map<String, List<Delivery>> ledger;
  private final List<Violation> violations = new ArrayList<>();

  private Auditor(List<Entry> journal, List<Delivery> ledger) {
    this.journal =
        journal.stream()
            .collect(
                Collectors.groupingBy(
                    e -> e.sent().key(), LinkedHashMap::new, Collectors.toList()));
    this.ledger = ledger.stream().collect(Collectors.groupingBy(Delivery::key));
    reusedWireIds(ledger);
  }

  /** Empty where every promise was kept; the entries are all of them, in order. */
  public static List<Violation> audit(List<Entry> journal, List<Delivery> ledger) {
    var auditor = new Auditor(journal, ledger);
    var keys = new TreeSet<>(auditor.journal.keySet());
    keys.addAll(auditor.ledger.keySet());
    keys.forEach(auditor::audit);
    return List.copyOf(auditor.violations);
  }

  private void audit(String key) {
    var entries = journal.getOrDefault(key, List.of());
    var deliveries = ledger.getOrDefault(key, List.of());
    new ConversationAudit(key, entries, deliveries)
        .run()
        .forEach(f -> violations.add(violation(f.kind(), key, f.text())));
  }

  /** A wire id stands for one message, to all partners and for ever. */
  private void reusedWireIds(List<Delivery> deliveries) {
    var first = new LinkedHashMap<String, Delivery>();
    for (var delivery : deliveries) {
      var earlier = first.putIfAbsent(delivery.wireId(), delivery);
      if (earlier != null && !earlier.equals(delivery)) {
        violations.add(
            violation(
                Kind.WRONG_INSTANCE,
                delivery.key(),
                "%s was sent with the content of %s, then with that of %s"
                    .formatted(delivery.wireId(), earlier.cause(), delivery.cause())));
      }
    }
  }

  private Violation violation(Kind kind, String key, String text) {
    var lines = new ArrayList<String>();
    journal.getOrDefault(key, List.of()).forEach(e -> lines.add("journal " + e));
    ledger.getOrDefault(key, List.of()).forEach(d -> lines.add("ledger " + d));
    return new Violation(kind, key, text, lines);
  }
}
