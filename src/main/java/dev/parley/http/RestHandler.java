package dev.parley.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who answers a request by its path and method; leaves every other path alone. */
final class RestHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(RestHandler.class);
  private static final Set<String> OURS =
      Set.of(
          "messages",
          "processes",
          "tasks",
          "instances",
          "health",
          "dead-letters",
          "queue",
          "subscriptions",
          "explain");

  private final Rest rest;

  RestHandler(Rest rest) {
    this.rest = rest;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    @Nullable String path = request.getHttpURI().getPath();
    if (path == null || !path.startsWith("/")) {
      notFound(request).write(response, callback);
      return true;
    }
    // The server has refused every % that begins no octet.
    var segments = segments(path);
    if (!OURS.contains(segments.getFirst())) {
      return false;
    }
    var reply = reply(segments, request);
    // What was not read ends the connection: the client must not use it for its next request.
    (request.consumeAvailable() ? reply : reply.with("Connection", "close"))
        .write(response, callback);
    return true;
  }

  private Reply reply(List<String> path, Request request) {
    try {
      return answer(path, request);
    } catch (Refusal e) {
      return Reply.problem(e.problem());
    } catch (RuntimeException e) {
      String incident = UUID.randomUUID().toString();
      LOG.error("Incident {}: a REST request could not be processed", incident, e);
      return Reply.problem(
          Problem.of(
              500,
              "Internal Server Error",
              "The gateway could not process the request; incident " + incident));
    }
  }

  private Reply answer(List<String> path, Request request) throws Refusal {
    String first = path.getFirst();
    if (first.equals("messages") && path.size() == 2) {
      return is(request, "POST") ? rest.message(path.get(1), request) : notAllowed("POST");
    }
    if (first.equals("processes") && path.size() == 3 && path.get(2).equals("instances")) {
      return is(request, "POST") ? rest.start(path.get(1), request) : notAllowed("POST");
    }
    if (first.equals("tasks") && path.size() <= 3) {
      return tasks(path, request);
    }
    if (first.equals("health") && path.size() == 1) {
      return is(request, "GET") ? rest.health() : notAllowed("GET");
    }
    return rest.operators().answer(path, request).orElseGet(() -> notFound(request));
  }

  private static Reply notFound(Request request) {
    return Reply.problem(
        Problem.of(
            404,
            "Not Found",
            "Expected /messages/NAME, /processes/KEY/instances, /tasks, /instances, /dead-letters, /queue, /subscriptions, /explain or /health, but found %s."
                .formatted(request.getHttpURI())));
  }

  private Reply tasks(List<String> path, Request request) throws Refusal {
    if (path.size() == 1) {
      return is(request, "GET") ? rest.tasks().list(request) : notAllowed("GET");
    }
    if (path.size() == 2) {
      return is(request, "GET") ? rest.tasks().show(path.get(1)) : notAllowed("GET");
    }
    if (!path.get(2).equals("completion")) {
      return Reply.problem(
          Problem.of(404, "Not Found", "Expected /tasks/TASK/completion, but found another."));
    }
    return is(request, "POST") ? rest.tasks().complete(path.get(1), request) : notAllowed("POST");
  }

  static boolean is(Request request, String method) {
    return request.getMethod().equals(method);
  }

  static Reply notAllowed(String allowed) {
    return Reply.problem(
            Problem.of(405, "Method Not Allowed", "This address takes %s.".formatted(allowed)))
        .with("Allow", allowed);
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.substring(1).split("/", -1))
        .map(s -> URLDecoder.decode(s.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }
}
