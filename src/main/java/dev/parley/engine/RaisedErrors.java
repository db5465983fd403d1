package dev.parley.engine;

import java.util.List;
import javax.xml.namespace.QName;

/** The errors that the engine itself raises, besides those that models and partners name. */
public final class RaisedErrors {
  private RaisedErrors() {}

  /**
   * One of them.
   *
   * @param when what has happened
   */
  public record Raised(QName code, String when) {}

  public static List<Raised> all() {
    return List.of(
        new Raised(
            BpmnError.DELIVERY_FAILED,
            "a message with blocking delivery, or a service task's request, could not be delivered,"
                + " or the other side refused it"),
        new Raised(
            BpmnError.DELIVERY_TIMEOUT,
            "its deadline has passed, or the answer did not come within answerWithin"),
        new Raised(
            BpmnError.EXPRESSION_FAILED,
            "an expression, a script or a timer's text failed, or gave what is not wanted there;"
                + " data was sent before it was set"),
        new Raised(BpmnError.MISSING_REQUEST, "a reply, and no exchange of its operation is open"),
        new Raised(
            BpmnError.CORRELATION_VIOLATION,
            "a message would change the value of a correlation key that is set"),
        new Raised(
            BpmnError.NO_FLOW, "no condition of a gateway holds, and it has no default flow"),
        new Raised(
            BpmnError.INVALID_DATA,
            "what a user or a called process leaves is not what the activity expects"),
        new Raised(
            BpmnError.ENDLESS_LOOP,
            "a process went on for very many moves without waiting once; nobody can catch it"));
  }
}
