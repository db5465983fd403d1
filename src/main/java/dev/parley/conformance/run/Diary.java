package dev.parley.conformance.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened so far in a case. */
final class Diary {
  private static final int WIDTH = 160;

  private final VirtualTime time;
  private final Instant began;
  private final List<String> lines = new ArrayList<>();

  Diary(VirtualTime time) {
    this.time = time;
    this.began = time.now();
  }

  synchronized void note(String from, String to, String what) {
    String line = what.replaceAll("\\s+", " ").strip();
    lines.add(
        "%-8s %s -> %s: %s"
            .formatted(
                elapsed(),
                from,
                to,
                line.length() > WIDTH ? line.substring(0, WIDTH) + "…" : line));
  }

  synchronized void note(String what) {
    lines.add("%-8s %s".formatted(elapsed(), what));
  }

  private String elapsed() {
    var passed = Duration.between(began, time.now());
    return passed.isZero()
        ? "0"
        : "+" + passed.toString().substring(1).replace("T", "").toLowerCase(Locale.ROOT);
  }

  synchronized List<String> lines() {
    return List.copyOf(lines);
  }
}
