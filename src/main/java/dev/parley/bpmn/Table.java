package dev.parley.bpmn;

import java.util.ArrayList;
import java.util.List;

/** A table of the reference, as Markdown. */
public final class Table {
  private final List<String> lines = new ArrayList<>();

  public Table(String... head) {
    row(head);
    lines.add("|" + "---|".repeat(head.length));
  }

  public Table row(String... cells) {
    lines.add("| " + String.join(" | ", cells) + " |");
    return this;
  }

  /** As code, or nothing. */
  public static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
