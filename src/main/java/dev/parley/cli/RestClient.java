package dev.parley.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What commands that ask a running gateway over REST have in common; a mixin. */
final class RestClient {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final int NOT_OK = 300;

  @Option(
      names = "--to",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description = "The gateway (default: http://127.0.0.1:8080).")
  private String to = "http://127.0.0.1:8080";

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print the gateway's answer as it is: one JSON object.")
  private boolean json;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  boolean json() {
    return json;
  }

  HttpRequest.Builder at(String pathAndQuery) throws UnusableException {
    return HttpRequest.newBuilder(HttpAddress.of("--to", to).resolve(pathAndQuery));
  }

  /** A path with those of the parameters that are given. */
  static String path(String base, Map<String, ? extends @Nullable Object> parameters) {
    String query =
        parameters.entrySet().stream()
            .filter(p -> p.getValue() != null)
            .map(p -> encoded(p.getKey()) + "=" + encoded(String.valueOf(p.getValue())))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? base : base + "?" + query;
  }

  /** Gets a document and prints it, as it is where JSON is asked for; the exit code. */
  int list(String pathAndQuery, BiConsumer<JsonNode, PrintWriter> printer)
      throws IOException, InterruptedException, UnusableException {
    return print(at(pathAndQuery).build(), printer);
  }

  /** The same for any request. */
  int print(HttpRequest request, BiConsumer<JsonNode, PrintWriter> printer)
      throws IOException, InterruptedException {
    var answer = send(request);
    if (answer.isEmpty()) {
      return 1;
    }
    if (json || !isOk(answer.get())) {
      return show(answer.get());
    }
    printer.accept(JsonMapper.shared().readTree(answer.get().body()), commandLine().getOut());
    return 0;
  }

  /** Sends a request and shows its answer; the exit code. */
  int ask(HttpRequest request) throws IOException, InterruptedException {
    return send(request).map(this::show).orElse(1);
  }

  /** Empty, and said on the standard error, where nothing listens. */
  Optional<HttpResponse<String>> send(HttpRequest request)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build()) {
      return Optional.of(client.send(request, BodyHandlers.ofString()));
    } catch (ConnectException e) {
      commandLine()
          .getErr()
          .println(
              "parley: nothing listens at %s; start a gateway with 'parley run', or name another address with --to."
                  .formatted(to));
      return Optional.empty();
    }
  }

  static boolean isOk(HttpResponse<String> answer) {
    return answer.statusCode() < NOT_OK;
  }

  /** The answer as it is, or its members line by line; the exit code. */
  int show(HttpResponse<String> answer) {
    var out = commandLine().getOut();
    if (json) {
      out.println(answer.body().strip());
    } else {
      out.println("HTTP " + answer.statusCode());
      members(answer.body()).forEach((member, value) -> out.println(member + ": " + value));
    }
    return isOk(answer) ? 0 : 1;
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(command).commandLine();
  }

  private static Map<String, String> members(String body) {
    var members = new LinkedHashMap<String, String>();
    try {
      JsonMapper.shared()
          .readTree(body)
          .properties()
          .forEach(
              p ->
                  members.put(
                      p.getKey(),
                      p.getValue().isContainer()
                          ? p.getValue().toString()
                          : p.getValue().asString()));
    } catch (JacksonException e) {
      members.put("answer", body.strip());
    }
    return members;
  }

  /** For a path or a query. */
  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
