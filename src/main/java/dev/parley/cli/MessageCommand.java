package dev.parley.cli;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Sends a simple message to a running gateway, over REST. */
@Command(
    name = "message",
    description = "Sends a message by its name, with XML, JSON or text, to a running gateway.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley message paid --key orderId=4711 --payload '{\"amount\": 7}'",
      "  parley message paid --key orderId=4711 --file payment.xml --process shop",
      "  parley message paid --key orderId=4711 --payload cash --id payment-4711",
      "  parley message paid --key order=4711 --key region=north --file - < payment.json",
      "",
      "Exit codes: 0 consumed or queued, 1 refused or no connection, 2 unusable input."
    })
final class MessageCommand implements Callable<Integer> {
  /** What a payload is written in. */
  enum PayloadType {
    JSON("application/json"),
    XML("application/xml"),
    TEXT("text/plain");

    private final String contentType;

    PayloadType(String contentType) {
      this.contentType = contentType;
    }

    String contentType() {
      return contentType;
    }

    /** By how it begins. */
    static PayloadType of(String payload) {
      if (payload.stripLeading().startsWith("<")) {
        return XML;
      }
      try {
        JsonMapper.shared().readTree(payload);
        return payload.isBlank() ? TEXT : JSON;
      } catch (JacksonException e) {
        return TEXT;
      }
    }
  }

  @Parameters(index = "0", paramLabel = "NAME", description = "The message's name.")
  private String name = "";

  @Option(
      names = "--key",
      paramLabel = "NAME=VALUE",
      description = "A correlation key, or a property of a composite one.")
  private Map<String, String> keys = Map.of();

  @Option(names = "--payload", paramLabel = "TEXT", description = "XML, JSON or text.")
  private @Nullable String payload;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "What the payload is read from; - is the standard input.")
  private @Nullable String file;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "json, xml or text (default: as the payload looks).")
  private @Nullable PayloadType type;

  @Option(
      names = "--process",
      paramLabel = "KEY",
      description = "Process, where several take such a message.")
  private @Nullable String process;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Idempotency-Key: a second message of this id is the same message.")
  private @Nullable String id;

  @Mixin private RestClient gateway = new RestClient();

  @Override
  public Integer call() throws Exception {
    return gateway.ask(request());
  }

  private HttpRequest request() throws IOException, UnusableException {
    String content = content();
    var request = gateway.at(path());
    if (!content.isEmpty()) {
      var written = type == null ? PayloadType.of(content) : type;
      request.header("Content-Type", written.contentType);
    }
    if (id != null) {
      request.header("Idempotency-Key", id);
    }
    return request.POST(BodyPublishers.ofString(content)).build();
  }

  private String path() {
    var parameters = new ArrayList<String>();
    if (process != null) {
      parameters.add("process=" + RestClient.encoded(process));
    }
    keys.forEach(
        (key, value) ->
            parameters.add("key." + RestClient.encoded(key) + "=" + RestClient.encoded(value)));
    String query = parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    return "/messages/" + RestClient.encoded(name) + query;
  }

  private String content() throws IOException, UnusableException {
    if (payload != null && file != null) {
      throw new UnusableException("Expected either --payload or --file, but found both.");
    }
    if (file == null) {
      return payload == null ? "" : payload;
    }
    return Content.read("--file", file).text();
  }
}
