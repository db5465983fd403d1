package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.parley.message.Exchange.State;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ExchangeTest {

  @ParameterizedTest
  @CsvSource({
    "IN_ONLY, false, false, false",
    "ROBUST_IN_ONLY, false, false, true",
    "IN_OUT, true, true, true",
    "IN_OPT_OUT, true, false, true",
    "OUT_ONLY, false, false, false",
    "ROBUST_OUT_ONLY, false, false, true",
    "OUT_IN, true, true, true",
    "OUT_OPT_IN, true, false, true"
  })
  void after_the_first_message_a_pattern_says_what_may_and_must_follow(
      MessageExchangePattern pattern, boolean mayAnswer, boolean mustAnswer, boolean mayFault) {
    var exchange = Exchange.begun(pattern);

    assertThat(exchange.mayAnswer()).isEqualTo(mayAnswer);
    assertThat(exchange.mustAnswer()).isEqualTo(mustAnswer);
    assertThat(exchange.mayFault()).isEqualTo(mayFault);
    assertThat(exchange.isOpen()).isEqualTo(mayAnswer || mayFault);
  }

  @ParameterizedTest
  @EnumSource
  void nothing_follows_an_answer_a_fault_or_an_end(MessageExchangePattern pattern) {
    var exchange = Exchange.begun(pattern);
    if (exchange.mayAnswer()) {
      assertThat(exchange.answered().isOpen()).isFalse();
    }
    if (exchange.mayFault()) {
      assertThat(exchange.faulted().mayAnswer()).isFalse();
    }
    if (!exchange.mustAnswer()) {
      assertThat(exchange.ended().state()).isEqualTo(State.EMPTY);
    }
  }

  @Test
  void an_in_out_does_not_end_without_its_reply() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Exchange.begun(MessageExchangePattern.IN_OUT).ended())
        .withMessageContaining("in-out");
  }
}
