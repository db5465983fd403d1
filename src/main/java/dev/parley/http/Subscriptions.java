package dev.parley.http;

import dev.parley.message.InstanceId;
import dev.parley.turn.OpenReceives;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.server.Request;

/** {@code /subscriptions}: who waits where for which message. */
final class Subscriptions {
  private final Desk desk;

  Subscriptions(Desk desk) {
    this.desk = desk;
  }

  /** By instance, after one of them. */
  Reply list(Request request) throws Refusal {
    var parameters =
        Parameters.of(request, Set.of("process", "operation", "key", "limit", "after"));
    var filter =
        new OpenReceives.Filter(
            parameters.getOrDefault("process", ""), parameters.getOrDefault("operation", ""));
    var page = Page.of(parameters);
    var after = new InstanceId(page.after());
    String key = parameters.get("key");
    var found =
        desk.read(
            () -> {
              var receives = new OpenReceives(desk.store(), desk.deployments());
              return key == null
                  ? receives.list(filter, after, page.limit())
                  : receives.of(key, filter, after, page.limit());
            });
    var reply = new LinkedHashMap<String, Object>();
    reply.put("subscriptions", found.open().stream().map(Subscriptions::document).toList());
    MessageDocument.put(reply, "next", found.next());
    return Reply.json(200, reply);
  }

  private static Map<String, Object> document(OpenReceives.Open open) {
    var members = new LinkedHashMap<String, Object>();
    members.put("instance", open.instance().toString());
    members.put("process", open.process());
    members.put("version", open.version());
    members.put("element", open.element());
    members.put("name", open.name());
    members.put("operation", open.message().operation().operation());
    members.put("keys", open.keys());
    members.put("since", open.since().toString());
    return members;
  }
}
