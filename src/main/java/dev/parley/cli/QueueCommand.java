package dev.parley.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Messages that wait in a running gateway, over REST. */
@Command(
    name = "queue",
    description = "Lists the messages that wait in a running gateway, and why; removes them.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley queue",
      "  parley queue --process shop --operation paid",
      "  parley queue show 06XZ3D6J80400",
      "  parley queue delete 06XZ3D6J80400",
      "",
      "Exit codes: 0 done, 1 refused or no connection, 2 unusable input."
    })
final class QueueCommand implements Callable<Integer> {
  @Option(names = "--process", paramLabel = "KEY", description = "Only those of this process.")
  private @Nullable String process;

  @Option(
      names = "--operation",
      paramLabel = "NAME",
      description = "Only those of this operation, or message.")
  private @Nullable String operation;

  @Mixin private PageOptions page = new PageOptions();

  @Mixin private RestClient gateway = new RestClient();

  @Override
  public Integer call() throws Exception {
    var parameters = new LinkedHashMap<String, @Nullable Object>();
    parameters.put("process", process);
    parameters.put("operation", operation);
    page.putInto(parameters);
    return gateway.list(RestClient.path("/queue", parameters), QueueCommand::print);
  }

  private static void print(JsonNode queue, PrintWriter out) {
    if (queue.path("counts").isEmpty()) {
      out.println("No message waits.");
      return;
    }
    table(queue.path("messages"), Instant.now()).print(out);
    out.println();
    for (var count : queue.path("counts")) {
      out.println(
          "%s of process %s: %s, the oldest since %s"
              .formatted(
                  count.path("operation").asString(),
                  count.path("process").asString(),
                  count.path("messages").asString(),
                  count.path("oldest").asString()));
    }
  }

  private static TextTable table(JsonNode messages, Instant now) {
    var table =
        new TextTable("ID", "PROCESS", "OPERATION", "KEYS", "SINCE", "EXPIRES IN", "BYTES", "WHY");
    for (var message : messages) {
      table.add(
          message.path("id").asString(),
          message.path("process").asString(),
          message.path("operation").asString(),
          message
              .path("keys")
              .valueStream()
              .map(JsonNode::asString)
              .collect(Collectors.joining(", ")),
          message.path("since").asString(),
          message.has("expires") ? left(now, message.path("expires").asString()) : "never",
          message.path("bytes").asString(),
          why(message));
    }
    return table;
  }

  private static String why(JsonNode message) {
    var instances =
        message
            .path("instances")
            .valueStream()
            .map(JsonNode::asString)
            .collect(Collectors.joining(", "));
    String why = message.path("why").asString();
    return instances.isEmpty() ? why : why + ": " + instances;
  }

  private static String left(Instant now, String expires) {
    var left = Duration.between(now, Instant.parse(expires)).truncatedTo(ChronoUnit.SECONDS);
    return left.isNegative() ? "now" : left.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  @Command(
      name = "show",
      description = "Shows a message that waits: why it does, its headers and its body.",
      mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "ID", description = "The message's id.") String id)
      throws IOException, InterruptedException, UnusableException {
    return gateway.ask(gateway.at(path(id)).build());
  }

  @Command(
      name = "delete",
      description = "Removes a message from the queue; it becomes no dead letter.",
      mixinStandardHelpOptions = true)
  int delete(@Parameters(paramLabel = "ID", description = "The message's id.") String id)
      throws IOException, InterruptedException, UnusableException {
    return gateway.ask(gateway.at(path(id)).DELETE().build());
  }

  private static String path(String id) {
    return "/queue/" + RestClient.encoded(id);
  }
}
