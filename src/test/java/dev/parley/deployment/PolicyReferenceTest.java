package dev.parley.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PolicyReferenceTest {
  @Test
  void the_reference_has_every_policy_that_is_compiled_and_no_other() {
    var compiled = new TreeSet<>(QueueAttributes.NAMES);
    compiled.addAll(Policies.DELIVERY);
    compiled.add(Policies.ANSWER_WITHIN);
    compiled.add(Policies.MESSAGE_EXCHANGE);
    compiled.add(Policies.ACCEPT_AFTER);
    compiled.add(Policies.RELATES_TO);
    compiled.add(Policies.UNDERSTANDS);
    assertThat(PolicyReference.names()).containsExactlyInAnyOrderElementsOf(compiled);
  }
}
