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
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Asks a running gateway over REST, and shows its answer. */
final class Rest {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
  private static final int NOT_OK = 300;

  private Rest() {}

  /** Empty, and said on err, where nothing listens. */
  static Optional<HttpResponse<String>> send(HttpRequest request, String to, PrintWriter err)
      throws IOException, InterruptedException {
    try (var client = HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build()) {
      return Optional.of(client.send(request, BodyHandlers.ofString()));
    } catch (ConnectException e) {
      err.println(
          "parley: nothing listens at %s; start a gateway with 'parley run', or name another address with --to."
              .formatted(to));
      return Optional.empty();
    }
  }

  static boolean isOk(HttpResponse<String> answer) {
    return answer.statusCode() < NOT_OK;
  }

  /** The answer as it is, or its members line by line; the exit code. */
  static int show(HttpResponse<String> answer, boolean json, PrintWriter out) {
    if (json) {
      out.println(answer.body().strip());
    } else {
      out.println("HTTP " + answer.statusCode());
      members(answer.body()).forEach((member, value) -> out.println(member + ": " + value));
    }
    return isOk(answer) ? 0 : 1;
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
