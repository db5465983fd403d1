package dev.parley.cli;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Instances of a running gateway, over REST. */
@Command(
    name = "instances",
    description = "Suspends instances of a running gateway, and lets them go on.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley instances suspend 06XZ3D3TM0400",
      "  parley instances resume 06XZ3D3TM0400",
      "",
      "Exit codes: 0 done, 1 refused or no connection, 2 unusable input."
    })
final class InstancesCommand {
  private static final String NUMBER = "The instance's number.";

  @Mixin private RestClient gateway = new RestClient();

  @Command(
      name = "suspend",
      description = {
        "Suspends an instance: it stands still until it is resumed.",
        "Its messages queue, its timers stay armed, what else comes is held."
      },
      mixinStandardHelpOptions = true)
  int suspend(@Parameters(paramLabel = "INSTANCE", description = NUMBER) String instance)
      throws IOException, InterruptedException, UnusableException {
    return act(instance, "suspend");
  }

  @Command(
      name = "resume",
      description = "Lets a suspended instance go on with whatever came meanwhile.",
      mixinStandardHelpOptions = true)
  int resume(@Parameters(paramLabel = "INSTANCE", description = NUMBER) String instance)
      throws IOException, InterruptedException, UnusableException {
    return act(instance, "resume");
  }

  private int act(String instance, String act)
      throws IOException, InterruptedException, UnusableException {
    var path = "/instances/%s/%s".formatted(RestClient.encoded(instance), act);
    return gateway.ask(gateway.at(path).POST(BodyPublishers.noBody()).build());
  }
}
