package dev.parley.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** Sends a message. */
@Command(
    name = "send",
    description = "Sends an example, or a given message, to an operation, and shows the answer.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley send patterns/order place --print > order.xml",
      "  parley send patterns/order place --key orderId=4711 --id order-4711",
      "  parley send patterns/order pay --body payment.xml --to http://shop.example:8080",
      "  parley send patterns/order pay --body - < payment.xml",
      "",
      "An in-out operation answers when the process replies, at the latest when the gateway's",
      "replyWithin has passed.",
      "",
      "Exit codes: 0 accepted or answered, 1 a fault or no connection, 2 unusable input."
    })
final class SendCommand implements Callable<Integer> {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int NOT_OK = 300;

  @Parameters(index = "0", paramLabel = "FOLDER", description = "The bundle.")
  private Path folder = Path.of("");

  @Parameters(index = "1", paramLabel = "OPERATION", description = "Name in the WSDL.")
  private String operation = "";

  @Option(
      names = "--process",
      paramLabel = "KEY",
      description = "Process, where several have such an operation.")
  private @Nullable String process;

  @Option(
      names = "--to",
      paramLabel = "URL",
      description = "Gateway or whole address (default: http://127.0.0.1:8080).")
  private String to = "http://127.0.0.1:8080";

  @Option(
      names = "--body",
      paramLabel = "FILE",
      description = "Body element or whole envelope; - reads the standard input.")
  private @Nullable String body;

  @Option(
      names = "--key",
      paramLabel = "NAME=VALUE",
      description = "Value of the elements of this name.")
  private Map<String, String> keys = Map.of();

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "Idempotency-Key: a second message of this id is the same message.")
  private String id = "";

  @Option(names = "--print", description = "Print the message, and send nothing.")
  private boolean print;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    var commandLine = Objects.requireNonNull(spec).commandLine();
    var addressee = Addressee.find(folder, operation, process);
    var message = body == null ? MessageBody.sample(addressee) : MessageBody.read(body);
    message.set(keys);
    message
        .violations(addressee)
        .forEach(v -> commandLine.getErr().println("parley: does not fit the schema: " + v));
    var request =
        new SoapRequest(
            addressee.at(HttpAddress.of("--to", to)),
            addressee.port().port().soapVersion(),
            addressee.action(),
            message.envelope(addressee),
            id);
    if (print) {
      commandLine.getOut().print(request.envelope());
      commandLine.getOut().flush();
      return 0;
    }
    if (!json) {
      show(commandLine.getOut(), request);
    }
    return send(request, commandLine.getOut(), commandLine.getErr());
  }

  private int send(SoapRequest request, PrintWriter out, PrintWriter err)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build()) {
      var answer = client.send(request.http(), BodyHandlers.ofString());
      show(out, request, answer);
      return answer.statusCode() >= OK && answer.statusCode() < NOT_OK ? 0 : 1;
    } catch (ConnectException e) {
      err.println(
          "parley: nothing listens at %s; start a gateway with 'parley run', or name another address with --to."
              .formatted(request.to()));
      return 1;
    }
  }

  private static void show(PrintWriter out, SoapRequest request) {
    out.println("POST " + request.to());
    request
        .http()
        .headers()
        .map()
        .forEach((name, values) -> out.println(name + ": " + String.join(", ", values)));
    out.println();
    out.println(request.envelope());
    out.flush();
  }

  private void show(PrintWriter out, SoapRequest request, HttpResponse<String> answer) {
    String text = readable(answer.body());
    if (!json) {
      out.println("HTTP " + answer.statusCode());
      if (!text.isEmpty()) {
        out.println();
        out.println(text);
      }
      return;
    }
    var line = new LinkedHashMap<String, Object>();
    line.put("to", request.to().toString());
    line.put("operation", operation);
    line.put("request", request.envelope());
    line.put("status", answer.statusCode());
    line.put("response", text);
    out.println(JsonMapper.shared().writeValueAsString(line));
  }

  /** Indented where it is XML, as it is where not. */
  private static String readable(String text) {
    try {
      return text.isBlank()
          ? ""
          : XmlTree.pretty(
              XmlTree.read(text.getBytes(StandardCharsets.UTF_8)).getDocumentElement());
    } catch (IOException | SAXException e) {
      return text.strip();
    }
  }
}
