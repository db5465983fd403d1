package dev.parley.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which dead letters; a mixin. */
final class LetterFilter {
  @Option(names = "--process", paramLabel = "KEY", description = "Only those of this process.")
  private @Nullable String process;

  @Option(
      names = "--operation",
      paramLabel = "NAME",
      description = "Only those of this operation, or message.")
  private @Nullable String operation;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only those of this reason, such as Expired.")
  private @Nullable String reason;

  @Option(
      names = "--direction",
      paramLabel = "WAY",
      description = "Only inbound, or only outbound ones.")
  private @Nullable String direction;

  Map<String, @Nullable Object> parameters() {
    var parameters = new LinkedHashMap<String, @Nullable Object>();
    parameters.put("process", process);
    parameters.put("operation", operation);
    parameters.put("reason", reason);
    parameters.put("direction", direction);
    return parameters;
  }
}
