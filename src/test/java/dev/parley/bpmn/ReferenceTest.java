package dev.parley.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReferenceTest {
  @Test
  void every_element_that_is_read_is_in_the_reference() {
    assertThat(Reference.forgotten()).isEmpty();
  }

  @Test
  void every_attribute_of_ours_is_explained_there_or_is_a_policy() {
    assertThat(Reference.own())
        .containsOnlyKeys(
            ParleyAttributes.known()
                .filter(n -> n.equals("endpoint") || !ParleyAttributes.isPolicy(n))
                .toList());
  }
}
