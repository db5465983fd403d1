package dev.parley.cli;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Mixin private RestClient gateway = new RestClient();

  @Override
  public Integer call() throws Exception {
    return gateway.ask(
        gateway
            .at("/processes/" + RestClient.encoded(process) + "/instances")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(data))
            .build());
  }
}
