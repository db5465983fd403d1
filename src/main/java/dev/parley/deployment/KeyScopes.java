package dev.parley.deployment;

import dev.parley.deployment.ExecutableProcess.MessageName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which scope each correlation key belongs to. A key whose messages are exchanged only inside a
 * loop belongs to its rounds: each has a conversation of its own, as WS-BPEL's correlation sets
 * that a scope declares. Any other key belongs to the process.
 */
final class KeyScopes {
  private final Scopes scopes;
  private final Map<Integer, List<Integer>> common = new HashMap<>();

  KeyScopes(Roles roles, Scopes scopes, Map<MessageName, KeyExtraction> extractions) {
    this.scopes = scopes;
    for (var use : roles.uses()) {
      for (var part : Correlations.parts(use, roles)) {
        var extraction = extractions.get(part.message());
        if (extraction != null) {
          extraction.keys().forEach(key -> narrow(key.key(), use.id()));
        }
      }
    }
  }

  private void narrow(int key, String node) {
    var rounds = scopes.chain(scopes.seenFrom(node)).stream().filter(scopes::isRound).toList();
    common.merge(
        key,
        rounds,
        (one, other) -> {
          var both = new ArrayList<>(one);
          both.retainAll(other);
          return both;
        });
  }

  /** Number of the scope definition. */
  int of(int key) {
    return common.getOrDefault(key, List.of()).stream().findFirst().orElse(0);
  }
}
