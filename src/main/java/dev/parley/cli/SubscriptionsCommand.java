package dev.parley.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Who waits for which message in a running gateway, over REST. */
@Command(
    name = "subscriptions",
    description = "Lists who waits where, for which message and which correlation key.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley subscriptions --process shop",
      "  parley subscriptions --operation paid --key 4711",
      "  parley subscriptions --key byRegion=4711+north",
      "",
      "Exit codes: 0 done, 1 refused or no connection, 2 unusable input."
    })
final class SubscriptionsCommand implements Callable<Integer> {
  @Option(names = "--process", paramLabel = "KEY", description = "Only those of this process.")
  private @Nullable String process;

  @Option(
      names = "--operation",
      paramLabel = "NAME",
      description = "Only those for this operation, or message.")
  private @Nullable String operation;

  @Option(
      names = "--key",
      paramLabel = "VALUE",
      description = "Only those for this value of a key, or NAME=VALUE; a composite key's with +.")
  private @Nullable String key;

  @Mixin private PageOptions page = new PageOptions();

  @Mixin private RestClient gateway = new RestClient();

  @Override
  public Integer call() throws Exception {
    var parameters = new LinkedHashMap<String, @Nullable Object>();
    parameters.put("process", process);
    parameters.put("operation", operation);
    parameters.put("key", key);
    page.putInto(parameters);
    return gateway.list(RestClient.path("/subscriptions", parameters), SubscriptionsCommand::print);
  }

  private static void print(JsonNode answer, PrintWriter out) {
    var subscriptions = answer.path("subscriptions");
    if (subscriptions.isEmpty()) {
      out.println("Nobody waits for such a message.");
    } else {
      var table = new TextTable("INSTANCE", "PROCESS", "ELEMENT", "OPERATION", "KEYS", "SINCE");
      for (var row : subscriptions) {
        table.add(
            row.path("instance").asString(),
            row.path("process").asString(),
            row.path("element").asString(),
            row.path("operation").asString(),
            row.path("keys")
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.joining(", ")),
            row.path("since").asString());
      }
      table.print(out);
    }
    if (answer.has("next")) {
      out.println("There may be more: --after " + answer.path("next").asString());
    }
  }
}
