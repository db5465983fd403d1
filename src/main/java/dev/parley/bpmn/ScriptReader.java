package dev.parley.bpmn;

import dev.parley.bpmn.FlowNode.Common;
import dev.parley.bpmn.FlowNode.ScriptTask;
import java.util.Locale;
import java.util.Set;

/** Reads script tasks (BPMN 2.0.2, clause 10.3.3), whose language is XQuery. */
final class ScriptReader {
  private static final Set<String> XQUERY_FORMATS =
      Set.of(
          "xquery",
          "application/xquery",
          "http://www.w3.org/xml/query",
          "http://www.w3.org/2010/xquery",
          "http://www.w3.org/tr/xquery-31/");

  private final MessagingReader messaging;
  private final DataReader data;
  private final Findings findings;

  ScriptReader(MessagingReader messaging, DataReader data, Findings findings) {
    this.messaging = messaging;
    this.data = data;
    this.findings = findings;
  }

  ScriptTask read(XmlElement node, Common common) {
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
    data.refuse(node, "dataInput");
    var place = script.orElse(node);
    var formal =
        new Formal(place.text().strip(), Expressions.XQUERY, place.namespaces(), place.location());
    return new ScriptTask(common, formal, data.outputs(node), messaging.result(node));
  }
}
