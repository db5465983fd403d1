package dev.parley.http;

import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why a request was not fulfilled (RFC 9457).
 *
 * @param type {@code about:blank} where the status says it all
 * @param more members of ours
 */
record Problem(int status, String type, String title, String detail, Map<String, String> more) {
  private static final String BLANK = "about:blank";

  /** What HTTP alone decides. */
  static Problem of(int status, String title, String detail) {
    return new Problem(status, BLANK, title, detail, Map.of());
  }

  static Problem of(Fault fault, String message, String process) {
    var about = new LinkedHashMap<String, String>();
    about.put("message", message);
    about.put("process", process);
    return of(fault, about);
  }

  /** A refusal; about: members that say what of. */
  static Problem of(Fault fault, Map<String, String> about) {
    var more = new LinkedHashMap<>(about);
    if (!(fault instanceof Fault.Gateway(var kind, var reason, var remedy))) {
      return new Problem(500, BLANK, "Fault", fault.reason(), more);
    }
    more.put("remedy", remedy);
    String name = kind.wireName();
    return new Problem(status(kind), "urn:parley:fault:1:" + name, name, reason, more);
  }

  Problem with(String name, String value) {
    var extended = new LinkedHashMap<>(more);
    extended.put(name, value);
    return new Problem(status, type, title, detail, extended);
  }

  private static int status(FaultKind kind) {
    return switch (kind) {
      case UNKNOWN_CONVERSATION, UNKNOWN_OPERATION -> 404;
      case TOO_EARLY,
          CORRELATION_VIOLATION,
          AMBIGUOUS_RECEIVE,
          CONFLICTING_RECEIVE,
          AMBIGUOUS_INSTANCE,
          CONFLICTING_REQUEST,
          IDENTITY_REUSED,
          DUPLICATE_MESSAGE,
          SUSPENDED ->
          409;
      case TOO_LATE, EXPIRED -> 410;
      case INVALID_MESSAGE -> 422;
      case QUEUE_FULL, UNAVAILABLE -> 503;
      case REPLY_TIMEOUT, DELIVERY_TIMEOUT -> 504;
      case MISSING_REPLY, MISSING_REQUEST, DELIVERY_FAILED, PROCESS_FAILED -> 500;
    };
  }

  Map<String, Object> document() {
    var members = new LinkedHashMap<String, Object>();
    members.put("type", type);
    members.put("title", title);
    members.put("status", status);
    members.put("detail", detail);
    members.putAll(more);
    return members;
  }
}
