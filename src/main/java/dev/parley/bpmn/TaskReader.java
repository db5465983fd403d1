package dev.parley.bpmn;

import dev.parley.bpmn.FlowNode.CallActivity;
import dev.parley.bpmn.FlowNode.Common;
import dev.parley.bpmn.FlowNode.ScriptTask;
import dev.parley.bpmn.FlowNode.UserTask;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads tasks that exchange no messages, and call activities (BPMN 2.0.2, clause 10.3). */
final class TaskReader {
  private static final Set<String> XQUERY_FORMATS =
      Set.of(
          "xquery",
          "application/xquery",
          "http://www.w3.org/xml/query",
          "http://www.w3.org/2010/xquery",
          "http://www.w3.org/tr/xquery-31/");

  private final ActivityDataReader activityData;
  private final MessagingReader messaging;
  private final DataReader data;
  private final Findings findings;

  TaskReader(
      ActivityDataReader activityData,
      MessagingReader messaging,
      DataReader data,
      Findings findings) {
    this.activityData = activityData;
    this.messaging = messaging;
    this.data = data;
    this.findings = findings;
  }

  /** User and manual tasks: somebody completes them, with data. */
  UserTask user(XmlElement node, Common common) {
    return new UserTask(common, activityData.inputs(node), activityData.outputs(node));
  }

  /**
   * The called process is named by its key; a prefix says nothing, as other bundles have it too.
   */
  CallActivity call(XmlElement node, Common common) {
    String called = node.attribute("calledElement").map(String::strip).orElse("");
    if (called.isEmpty()) {
      findings.error(
          node,
          Rule.CALLED_ELEMENT,
          "Expected call activity '%s' to have a calledElement, but it has none."
              .formatted(node.label()),
          "Name the process that it calls: calledElement=\"its id\".");
    }
    return new CallActivity(
        common,
        called.substring(called.indexOf(':') + 1),
        version(node),
        activityData.inputs(node),
        activityData.outputs(node));
  }

  private @Nullable Integer version(XmlElement node) {
    var text = node.parley("calledVersion").map(String::strip);
    if (text.isPresent() && !text.get().matches("[1-9][0-9]{0,8}")) {
      findings.error(
          node,
          Rule.CALLED_ELEMENT,
          "Expected parley:calledVersion to be 1 to 999999999, but found '%s'."
              .formatted(text.get()),
          "Give the number of the deployed version, or leave it out for the latest.");
      return null;
    }
    return text.map(Integer::valueOf).orElse(null);
  }

  /** In XQuery. */
  ScriptTask script(XmlElement node, Common common) {
    String format = node.attribute("scriptFormat").orElse("");
    if (!XQUERY_FORMATS.contains(format.toLowerCase(Locale.ROOT))) {
      findings.error(
          node,
          Rule.SCRIPT,
          "Expected a script in XQuery, but scriptFormat is '%s'.".formatted(format),
          "Write the script in XQuery, with scriptFormat=\"application/xquery\".");
    }
    var script = node.child("script");
    if (script.isEmpty() || script.get().text().isBlank() || !script.get().children().isEmpty()) {
      findings.error(
          node,
          Rule.SCRIPT,
          "Expected script task '%s' to have a script of text only, but found none."
              .formatted(node.label()),
          "Write the XQuery into the script element; use CDATA where it contains markup.");
    }
    var place = script.orElse(node);
    var formal =
        new Formal(place.text().strip(), Expressions.XQUERY, place.namespaces(), place.location());
    return new ScriptTask(
        common, formal, activityData.inputs(node), data.outputs(node), messaging.result(node));
  }
}
