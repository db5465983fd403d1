package dev.parley.cli;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Starts an instance in a running gateway, over REST. */
@Command(
    name = "start",
    description = "Starts an instance of a process that has a none start event.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley start audit",
      "  parley start approval --data '{\"order\": \"<order xmlns=\\\"urn:shop\\\"/>\", \"hint\":"
          + " \"soon\"}'",
      "",
      "Exit codes: 0 started, 1 refused or no connection, 2 unusable input."
    })
final class StartCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "KEY", description = "The process's key: its id.")
  private String process = "";

  @Option(
      names = "--data",
      paramLabel = "JSON",
      description = "Its data inputs by name, one JSON object; XML is a string (default: {}).")
  private String data = "{}";

  @Option(
      names = "--to",
      paramLabel = "URL",
      description = "The gateway (default: http://127.0.0.1:8080).")
  private String to = "http://127.0.0.1:8080";

  @Option(names = "--json", description = "Print the gateway's answer as it is: one JSON object.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    var commandLine = Objects.requireNonNull(spec).commandLine();
    var address =
        HttpAddress.of("--to", to).resolve("/processes/" + Rest.encoded(process) + "/instances");
    var request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(data))
            .build();
    return Rest.send(request, to, commandLine.getErr())
        .map(a -> Rest.show(a, json, commandLine.getOut()))
        .orElse(1);
  }
}
