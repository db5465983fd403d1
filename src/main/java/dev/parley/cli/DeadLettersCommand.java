package dev.parley.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Messages that came to nobody, in a running gateway, over REST. */
@Command(
    name = "dead-letters",
    description = "Lists the messages that came to nobody, shows, replays and deletes them.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley dead-letters --process shop --reason Expired",
      "  parley dead-letters show 06XZ3D3TM0400",
      "  parley dead-letters replay 06XZ3D3TM0400",
      "  parley dead-letters replay 06XZ3D3TM0400 --body corrected.xml",
      "  parley dead-letters delete 06XZ3D3TM0400 06XZ3D6J80400",
      "  parley dead-letters delete --process shop --reason Expired",
      "",
      "Exit codes: 0 done, 1 refused or no connection, 2 unusable input."
    })
final class DeadLettersCommand implements Callable<Integer> {
  @Mixin private LetterFilter filter = new LetterFilter();

  @Mixin private PageOptions page = new PageOptions();

  @Mixin private RestClient gateway = new RestClient();

  @Override
  public Integer call() throws Exception {
    var parameters = filter.parameters();
    page.putInto(parameters);
    return gateway.list(
        RestClient.path("/dead-letters", parameters),
        (answer, out) -> print(Objects.requireNonNull(answer.get("deadLetters")), out));
  }

  private static void print(JsonNode letters, PrintWriter out) {
    if (letters.isEmpty()) {
      out.println("There is no dead letter.");
      return;
    }
    var table = new TextTable("ID", "WAY", "PROCESS", "OPERATION", "REASON", "AT");
    for (var letter : letters) {
      table.add(
          letter.path("id").asString(),
          letter.path("direction").asString(),
          letter.path("process").asString(),
          letter.path("operation").asString(),
          letter.path("reason").asString(),
          letter.path("at").asString());
    }
    table.print(out);
  }

  @Command(
      name = "show",
      description = "Shows a dead letter: why it is one, its headers and its body.",
      mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "ID", description = "The message's id.") String id)
      throws IOException, InterruptedException, UnusableException {
    return gateway.ask(gateway.at(path(id)).build());
  }

  @Command(
      name = "replay",
      description =
          "Sends it once more: an inbound one as a new message, perhaps with another body.",
      mixinStandardHelpOptions = true)
  int replay(
      @Parameters(paramLabel = "ID", description = "The message's id.") String id,
      @Option(
              names = "--body",
              paramLabel = "FILE",
              description = "The body that it has instead of its own; - is the standard input.")
          @Nullable String body)
      throws IOException, InterruptedException, UnusableException {
    var request = gateway.at(path(id) + "/replay");
    if (body == null) {
      return gateway.ask(request.POST(BodyPublishers.noBody()).build());
    }
    var content = Content.read("--body", body);
    return gateway.ask(
        request
            .header("Content-Type", content.type())
            .POST(BodyPublishers.ofString(content.text()))
            .build());
  }

  @Command(
      name = "delete",
      description = "Gives up dead letters: those named, or those that the options select.",
      mixinStandardHelpOptions = true)
  int delete(
      @Parameters(arity = "0..*", paramLabel = "ID", description = "The messages' ids.")
          @Nullable List<String> ids,
      @Mixin LetterFilter chosen)
      throws IOException, InterruptedException, UnusableException {
    var parameters = chosen.parameters();
    boolean isFiltered = parameters.values().stream().anyMatch(Objects::nonNull);
    if (isFiltered == (ids != null)) {
      throw new UnusableException(
          "Expected either ids or options that say which, such as --reason Expired, but found %s."
              .formatted(isFiltered ? "both" : "neither"));
    }
    if (ids == null) {
      String all = RestClient.path("/dead-letters", parameters);
      return gateway.ask(gateway.at(all).DELETE().build());
    }
    int worst = 0;
    for (var id : ids) {
      worst = Math.max(worst, gateway.ask(gateway.at(path(id)).DELETE().build()));
    }
    return worst;
  }

  private static String path(String id) {
    return "/dead-letters/" + RestClient.encoded(id);
  }
}
