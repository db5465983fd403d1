package dev.parley.http;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import tools.jackson.databind.json.JsonMapper;

/** An answer in JSON. */
record Reply(int status, String contentType, Map<String, String> headers, Map<String, ?> document) {
  static Reply json(int status, Map<String, ?> document) {
    return new Reply(status, "application/json", Map.of(), document);
  }

  static Reply problem(Problem problem) {
    Map<String, String> headers = problem.status() == 503 ? Map.of("Retry-After", "1") : Map.of();
    return new Reply(problem.status(), "application/problem+json", headers, problem.document());
  }

  Reply with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(status, contentType, more, document);
  }

  void write(Response response, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
    headers.forEach((name, value) -> response.getHeaders().put(name, value));
    Content.Sink.write(
        response, true, JsonMapper.shared().writeValueAsString(document) + "\n", callback);
  }
}
