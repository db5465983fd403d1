package dev.parley.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which part of a list; a mixin. */
final class PageOptions {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "So many to a page, 1 to 1000 (default: 100).")
  private int limit = 100;

  @Option(
      names = "--after",
      paramLabel = "ID",
      description = "Only those after this one: the next page.")
  private @Nullable String after;

  void putInto(Map<String, ? super @Nullable Object> parameters) {
    parameters.put("limit", limit);
    parameters.put("after", after);
  }
}
