package dev.parley.bpmn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.finding.Finding;
import dev.parley.finding.RefusedException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** The complete model, order.bpmn, has every element that executes. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BpmnTest {

  private static final Path ROOT = Path.of("src/test/resources");

  private final Definitions order = order();

  private static Definitions order() {
    try {
      return Bpmn.read(ROOT, ROOT.resolve("bpmn/order.bpmn"));
    } catch (RefusedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void the_only_warning_is_another_engines_attribute() {
    assertThat(order.warnings())
        .extracting(Finding::rule, Finding::element)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("bpmn.foreign-attribute", "chargeCard"));
  }
}
