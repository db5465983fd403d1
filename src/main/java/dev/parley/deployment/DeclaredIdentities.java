package dev.parley.deployment;

import dev.parley.bpmn.Formal;
import dev.parley.deployment.ExecutableProcess.MessageName;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the messages of a process are known by when they are repeated, as its receives declare it.
 */
final class DeclaredIdentities {
  private final Findings findings;

  DeclaredIdentities(Findings findings) {
    this.findings = findings;
  }

  /** An XPath for each message that has one. */
  Map<MessageName, Formal> of(Roles roles) {
    var identities = new LinkedHashMap<MessageName, Formal>();
    for (var use : roles.uses()) {
      var identity = use.messaging().identity();
      var part = roles.part(use);
      if (identity == null || part.isEmpty()) {
        continue;
      }
      if (!part.get().isFirst()) {
        refuseAnswer(use, identity);
        continue;
      }
      var other = identities.putIfAbsent(part.get().message(), identity);
      if (other != null && !isSame(other, identity)) {
        refuseOther(use, identity, other);
      }
    }
    return identities;
  }

  private void refuseAnswer(MessageUse use, Formal identity) {
    findings.error(
        identity.location(),
        use.id(),
        Rule.IDENTITY,
        "Expected parley:identity only where a message begins an exchange, but this one answers"
            + " what the process has sent.",
        "Remove the attribute: an answer is known by the message that it answers.");
  }

  private void refuseOther(MessageUse use, Formal identity, Formal other) {
    findings.error(
        identity.location(),
        use.id(),
        Rule.IDENTITY,
        "Expected one parley:identity for all receives of an operation, but found '%s' here and '%s' elsewhere."
            .formatted(identity.text(), other.text()),
        "Write the same XPath at each, or at one of them only.");
  }

  private static boolean isSame(Formal one, Formal other) {
    return one.text().equals(other.text()) && one.namespaces().equals(other.namespaces());
  }
}
