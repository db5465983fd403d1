package dev.parley.cli;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Why a message goes, or went, where it does, in a running gateway, over REST. */
@Command(
    name = "explain",
    description = "Says why a message goes, or went, where it does. Nothing is sent or written.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley explain payment.xml",
      "  parley explain 06XZ3D6J80400",
      "  parley explain paid.json --operation paid --key orderId=4711",
      "  parley explain - --process shop --operation paid < payment.xml",
      "",
      "Exit codes: 0 done, 1 refused or no connection, 2 unusable input."
    })
final class ExplainCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "MESSAGE",
      description = "A file with a SOAP envelope, a body, or a payload; or a stored message's id.")
  private String message = "";

  @Option(
      names = "--process",
      paramLabel = "KEY",
      description = "Process, where several take such a message.")
  private @Nullable String process;

  @Option(
      names = "--operation",
      paramLabel = "NAME",
      description = "Operation, or name of a message, where the body's element does not say it.")
  private @Nullable String operation;

  @Option(
      names = "--key",
      paramLabel = "NAME=VALUE",
      description = "A correlation key that the sender names itself, or a property of one.")
  private Map<String, String> keys = Map.of();

  @Option(names = "--id", paramLabel = "ID", description = "Idempotency-Key.")
  private @Nullable String id;

  @Mixin private RestClient gateway = new RestClient();

  @Override
  public Integer call() throws Exception {
    return gateway.print(request(), ExplanationPage::print);
  }

  private HttpRequest request() throws IOException, UnusableException {
    boolean isFile = message.equals("-") || Files.exists(Path.of(message));
    if (!isFile && message.matches("[0-9A-Za-z]{13}")) {
      return gateway.at("/explain/" + message).build();
    }
    var content = Content.read("MESSAGE", message);
    var envelope = SentEnvelope.of(content);
    var parameters = new LinkedHashMap<String, @Nullable Object>();
    parameters.put("process", process);
    parameters.put("operation", operation);
    parameters.put("messageId", envelope.messageId());
    keys.forEach((name, value) -> parameters.put("key." + name, value));
    var request = gateway.at(RestClient.path("/explain", parameters));
    if (id != null) {
      request.header("Idempotency-Key", id);
    }
    return request
        .header("Content-Type", content.type())
        .POST(BodyPublishers.ofString(envelope.body()))
        .build();
  }
}
