package dev.parley.conformance.crash;

import dev.parley.conformance.crash.Entry.Event;
import dev.parley.conformance.crash.Violation.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a crash audit found.
 *
 * @param kills by name of the point, or random
 * @param untilServing from a kill until the gateway says that it serves
 * @param untilAnswer from a kill until the first message is acknowledged
 * @param replayed instances whose history was run again
 * @param folder that everything is kept in; empty when it was deleted
 */
public record CrashReport(
    long seed,
    Map<String, Integer> kills,
    Messages messages,
    Times untilServing,
    Times untilAnswer,
    long replayed,
    List<Violation> violations,
    long tookMillis,
    String folder) {
  private static final int MOST_SHOWN = 10;

  public CrashReport {
    violations = List.copyOf(violations);
  }

  /**
   * The load in figures.
   *
   * @param acknowledged messages
   * @param repeated attempts beyond the first one of each message
   * @param duplicatesAnswered acknowledgements beyond the first one of each message
   * @param unknown attempts that got no answer
   * @param refused attempts
   * @param delivered messages to the partner, by wire id
   * @param redelivered attempts beyond the first one of each of these
   */
  public record Messages(
      long conversations,
      long acknowledged,
      long repeated,
      long duplicatesAnswered,
      long unknown,
      long refused,
      long delivered,
      long redelivered) {

    static Messages of(List<Entry> journal, List<Delivery> ledger) {
      var attempts = by(journal, Event.INTENT);
      var acknowledgements = by(journal, Event.ACKNOWLEDGED);
      long acknowledged = acknowledgements.stream().distinct().count();
      long delivered = ledger.stream().map(Delivery::wireId).distinct().count();
      return new Messages(
          attempts.stream().map(Sent::key).distinct().count(),
          acknowledged,
          attempts.size() - attempts.stream().distinct().count(),
          acknowledgements.size() - acknowledged,
          by(journal, Event.UNKNOWN).size(),
          by(journal, Event.REFUSED).size(),
          delivered,
          ledger.size() - delivered);
    }

    private static List<Sent> by(List<Entry> journal, Event event) {
      return journal.stream().filter(e -> e.event() == event).map(Entry::sent).toList();
    }
  }

  /** Milliseconds. */
  public record Times(int count, long p50, long p99, long max) {
    static Times of(List<Long> millis) {
      var sorted = millis.stream().sorted().toList();
      return new Times(sorted.size(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    private static long at(List<Long> sorted, double part) {
      int index = (int) Math.ceil(part * sorted.size()) - 1;
      return sorted.isEmpty() ? 0 : sorted.get(Math.max(0, index));
    }

    @Override
    public String toString() {
      return "p50 %d ms, p99 %d ms, max %d ms (%d)".formatted(p50, p99, max, count);
    }
  }

  public boolean isClean() {
    return violations.isEmpty();
  }

  public int totalKills() {
    return kills.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many of each kind, also where there is none. */
  public Map<Kind, Long> violationCounts() {
    var counts = new LinkedHashMap<Kind, Long>();
    for (var kind : Kind.values()) {
      counts.put(kind, violations.stream().filter(v -> v.kind() == kind).count());
    }
    return counts;
  }

  /** For people. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("seed %d, %.1f s".formatted(seed, tookMillis / 1000.0));
    lines.add("kills: %d %s".formatted(totalKills(), kills));
    lines.add(
        "messages: %d acknowledged in %d conversations, %d attempts repeated, %d duplicates answered, %d attempts without answer, %d refused"
            .formatted(
                messages.acknowledged,
                messages.conversations,
                messages.repeated,
                messages.duplicatesAnswered,
                messages.unknown,
                messages.refused));
    lines.add(
        "partner: %d messages, %d attempts repeated"
            .formatted(messages.delivered, messages.redelivered));
    lines.add("recovery, kill to serving: " + untilServing);
    lines.add("recovery, kill to first answer: " + untilAnswer);
    lines.add("store: %d instances replayed byte for byte".formatted(replayed));
    lines.add("violations: " + violationCounts());
    violations.stream().limit(MOST_SHOWN).forEach(v -> show(v, lines));
    if (!folder.isEmpty()) {
      lines.add("journal, ledger, log and data are kept in " + folder);
    }
    return lines;
  }

  private static void show(Violation violation, List<String> lines) {
    lines.add("");
    lines.add("%s %s: %s".formatted(violation.kind(), violation.key(), violation.text()));
    violation.lines().forEach(l -> lines.add("  " + l));
  }

  /** For machines. */
  public Map<String, Object> asJson() {
    var json = new LinkedHashMap<String, Object>();
    json.put("seed", seed);
    json.put("tookMillis", tookMillis);
    json.put("kills", kills);
    json.put("messages", messages);
    json.put("untilServing", untilServing);
    json.put("untilAnswer", untilAnswer);
    json.put("replayed", replayed);
    json.put(
        "violationCounts",
        violationCounts().entrySet().stream()
            .collect(
                Collectors.toMap(
                    e -> e.getKey().name(), Map.Entry::getValue, (a, _) -> a, LinkedHashMap::new)));
    json.put("violations", violations);
    json.put("folder", folder);
    return json;
  }
}
