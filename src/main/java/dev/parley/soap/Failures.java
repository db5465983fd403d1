package dev.parley.soap;

import dev.parley.delivery.Attempt;
import java.net.ConnectException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.List;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** What an attempt without an answer was: whether the partner can have seen the message. */
final class Failures {
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;
  private static final int SERVER_ERROR = 500;

  private Failures() {}

  static Attempt.Failed of(Throwable problem, String endpoint) {
    for (@Nullable Throwable t = problem; t != null; t = t.getCause()) {
      switch (t) {
        case UnknownHostException _ -> {
          return notSent("The host of %s is not known".formatted(endpoint), true);
        }
        case ConnectException _ -> {
          return notSent("Nobody listens at " + endpoint, true);
        }
        case HttpConnectTimeoutException _ -> {
          return notSent("No connection to %s in time".formatted(endpoint), true);
        }
        case HttpTimeoutException _ -> {
          return inDoubt("No answer from %s in time".formatted(endpoint));
        }
        case MalformedURLException _, URISyntaxException _ -> {
          return notSent("'%s' is not an HTTP address".formatted(endpoint), false);
        }
        default -> {}
      }
    }
    return inDoubt("The exchange with %s broke off: %s".formatted(endpoint, root(problem)));
  }

  /** An answer by status alone. */
  static Attempt.Failed ofStatus(int status, String endpoint) {
    boolean worthRetrying = status >= SERVER_ERROR || asksForRetry(status);
    return new Attempt.Failed(
        "%s answered with HTTP status %d".formatted(endpoint, status), false, worthRetrying);
  }

  /** Statuses that ask for a repetition, even if there is a fault behind them. */
  static boolean asksForRetry(int status) {
    return status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS || status == UNAVAILABLE;
  }

  /** The partner has taken the message, and would take it once more. */
  static Attempt.Failed noReply(String endpoint) {
    return new Attempt.Failed(
        "%s accepted the message without the reply that the operation's pattern requires"
            .formatted(endpoint),
        false,
        false);
  }

  /** SOAP 1.2 Part 1, section 2.4: such a reply must not be processed. */
  static Attempt.Failed notUnderstood(List<QName> blocks, String endpoint) {
    return new Attempt.Failed(
        "The reply of %s has header blocks that must be understood, but are not: %s"
            .formatted(endpoint, blocks),
        false,
        false);
  }

  /** The binding that says how to write a message is gone. */
  static Attempt.Failed withoutPort(String endpoint) {
    return notSent(
        "The port whose binding says how to write to %s is not deployed any more"
            .formatted(endpoint),
        false);
  }

  static Attempt.Failed inDoubt(String reason) {
    return new Attempt.Failed(reason, false, true);
  }

  private static Attempt.Failed notSent(String reason, boolean worthRetrying) {
    return new Attempt.Failed(reason, true, worthRetrying);
  }

  private static String root(Throwable problem) {
    Throwable root = problem;
    for (@Nullable Throwable t = problem; t != null; t = t.getCause()) {
      root = t;
    }
    return root.toString();
  }
}
