package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WireIdTest {
  private static final long STORE = 0x1234_5678_9ABC_DEF0L;

  @ParameterizedTest
  @ValueSource(longs = {1, 42, (1L << 62) - 1})
  void what_a_store_sent_is_read_back_and_by_no_other_store(long number) {
    var id = new MessageId(number);
    var text = WireId.of(STORE, id);
    assertThat(WireId.read(STORE, text)).contains(id);
    assertThat(WireId.read(STORE + 1, text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "urn:uuid:",
        "urn:uuid:6a1f7c5e-0000-4000-8000-00000000002a",
        "urn:uuid:zzzzzzzz-0000-8000-8000-00000000002a",
        "12345678-9abc-8ef0-8000-00000000002a"
      })
  void anything_else_is_none(String text) {
    assertThat(WireId.read(STORE, text)).isEmpty();
  }

  @Test
  void every_attempt_of_a_message_bears_the_same() {
    assertThat(WireId.of(STORE, new MessageId(7)))
        .isEqualTo(WireId.of(STORE, new MessageId(7)))
        .startsWith("urn:uuid:12345678-9abc-8ef0-8000-");
  }
}
