package dev.parley.http;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;

/** What operators look at and do, found by path and method. */
final class Operators {
  private final Instances instances;
  private final DeadLetters deadLetters;
  private final Queue queue;
  private final Subscriptions subscriptions;
  private final Explain explain;

  Operators(Desk desk) {
    this.instances = new Instances(desk);
    this.deadLetters = new DeadLetters(desk);
    this.queue = new Queue(desk);
    this.subscriptions = new Subscriptions(desk);
    this.explain = new Explain(desk);
  }

  /** Empty where the path is none of theirs. */
  Optional<Reply> answer(List<String> path, Request request) throws Refusal {
    return switch (path.getFirst()) {
      case "instances" -> instances(path, request);
      case "dead-letters" -> deadLetters(path, request);
      case "queue" -> queue(path, request);
      case "subscriptions" ->
          path.size() > 1
              ? Optional.empty()
              : Optional.of(
                  RestHandler.is(request, "GET")
                      ? subscriptions.list(request)
                      : RestHandler.notAllowed("GET"));
      case "explain" -> explain(path, request);
      default -> Optional.empty();
    };
  }

  private Optional<Reply> instances(List<String> path, Request request) throws Refusal {
    if (path.size() != 3) {
      return Optional.empty();
    }
    return RestHandler.is(request, "POST")
        ? instances.act(path.get(1), path.get(2))
        : Optional.of(RestHandler.notAllowed("POST"));
  }

  private Optional<Reply> deadLetters(List<String> path, Request request) throws Refusal {
    if (path.size() == 3 && path.get(2).equals("replay")) {
      return Optional.of(
          RestHandler.is(request, "POST")
              ? deadLetters.replay(path.get(1), request)
              : RestHandler.notAllowed("POST"));
    }
    if (path.size() > 2) {
      return Optional.empty();
    }
    boolean isOne = path.size() == 2;
    return Optional.of(
        switch (request.getMethod()) {
          case "GET" -> isOne ? deadLetters.show(path.get(1)) : deadLetters.list(request);
          case "DELETE" -> isOne ? deadLetters.delete(path.get(1)) : deadLetters.deleteAll(request);
          default -> RestHandler.notAllowed("GET, DELETE");
        });
  }

  private Optional<Reply> queue(List<String> path, Request request) throws Refusal {
    if (path.size() == 1) {
      return Optional.of(
          RestHandler.is(request, "GET") ? queue.list(request) : RestHandler.notAllowed("GET"));
    }
    if (path.size() > 2) {
      return Optional.empty();
    }
    return Optional.of(
        switch (request.getMethod()) {
          case "GET" -> queue.show(path.get(1));
          case "DELETE" -> queue.delete(path.get(1));
          default -> RestHandler.notAllowed("GET, DELETE");
        });
  }

  private Optional<Reply> explain(List<String> path, Request request) throws Refusal {
    if (path.size() > 2) {
      return Optional.empty();
    }
    boolean isOne = path.size() == 2;
    String method = isOne ? "GET" : "POST";
    if (!RestHandler.is(request, method)) {
      return Optional.of(RestHandler.notAllowed(method));
    }
    return Optional.of(isOne ? explain.stored(path.get(1)) : explain.unsent(request));
  }
}
