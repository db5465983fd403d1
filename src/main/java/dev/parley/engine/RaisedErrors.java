package dev.parley.engine;

import java.util.List;
import java.util.stream.Stream;
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
    return Stream.concat(ofMessages().stream(), ofProcesses().stream()).toList();
  }

  private static List<Raised> ofMessages() {
    return List.of(
        new Raised(
            BpmnError.DELIVERY_FAILED,
            "a message with blocking delivery, or a service task's request, could not be delivered,"
                + " or the other side refused it"),
        new Raised(
            BpmnError.DELIVERY_TIMEOUT,
            "its deadline has passed, or the answer did not come within answerWithin"),
        new Raised(BpmnError.MISSING_REQUEST, "a reply, and no exchange of its operation is open"),
        new Raised(
            BpmnError.CORRELATION_VIOLATION,
            "a message would change the value of a correlation key that is set"));
  }

  private static List<Raised> ofProcesses() {
    return List.of(
        new Raised(
            BpmnError.EXPRESSION_FAILED,
            "an expression, a script or a timer's text failed, or gave what is not wanted there;"
                + " data was sent before it was set"),
        new Raised(
            BpmnError.NO_FLOW, "no condition of a gateway holds, and it has no default flow"),
        new Raised(
            BpmnError.CALL_FAILED,
            "the process that a call activity names, or its version, is not deployed or has no none"
                + " start event, or processes call each other without end"),
        new Raised(
            BpmnError.INVALID_DATA,
            "an activity begins without a required data input, a called process does not take what"
                + " it is given, or leaves something else than the activity expects"),
        new Raised(
            BpmnError.ENDLESS_LOOP,
            "a process went on for very many moves without waiting once; nobody can catch it"));
  }
}
