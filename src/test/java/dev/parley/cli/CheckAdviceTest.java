package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.PolicyReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CheckAdviceTest {
  @Test
  void advice_is_given_only_when_it_is_asked_for_and_never_refuses() {
    var quiet = Ran.parley("check", "patterns/order");
    var advised = Ran.parley("check", "patterns/order", "--advise");
    assertThat(quiet.out()).doesNotContain("advice");
    assertThat(advised.out())
        .contains(": advice: 'addressed': ")
        .contains("patterns/order: deploys order");
    assertThat(advised.exitCode()).isZero();
  }

  @Test
  void advice_is_in_the_json_too() {
    assertThat(Ran.parley("check", "patterns/order", "--advise", "--json").out())
        .contains("\"severity\":\"ADVICE\"")
        .contains("\"rule\":\"advice.time-out\"");
  }

  @Test
  void every_advice_is_explained() throws IOException {
    var page = Files.readString(Path.of("docs/modelling.md"));
    assertThat(PolicyReference.advice())
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(page).contains("## `" + rule + "`"));
  }
}
