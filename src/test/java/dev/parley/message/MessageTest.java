package dev.parley.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.parley.message.MessageExchangePattern.FaultRule;
import dev.parley.message.MessageExchangePattern.Second;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MessageTest {

  /** WSDL 2.0 Part 2, clause 2.3, and WSDL 2.0 Additional MEPs, clause 2.1. */
  @ParameterizedTest
  @CsvSource({
    "in-only,         INPUT,  NONE,     NO_FAULTS,              false",
    "robust-in-only,  INPUT,  NONE,     MESSAGE_TRIGGERS_FAULT, true",
    "in-out,          INPUT,  REQUIRED, FAULT_REPLACES_MESSAGE, true",
    "in-opt-out,      INPUT,  OPTIONAL, MESSAGE_TRIGGERS_FAULT, true",
    "out-only,        OUTPUT, NONE,     NO_FAULTS,              false",
    "robust-out-only, OUTPUT, NONE,     MESSAGE_TRIGGERS_FAULT, true",
    "out-in,          OUTPUT, REQUIRED, FAULT_REPLACES_MESSAGE, true",
    "out-opt-in,      OUTPUT, OPTIONAL, MESSAGE_TRIGGERS_FAULT, true"
  })
  void the_eight_patterns(
      String name, MessageKind first, Second second, FaultRule faults, boolean answered) {
    var uri = "http://www.w3.org/ns/wsdl/" + name;
    assertThat(MessageExchangePattern.ofUri(uri))
        .hasValueSatisfying(
            pattern -> {
              assertThat(pattern.uri()).isEqualTo(uri);
              assertThat(pattern.first()).isEqualTo(first);
              assertThat(pattern.second()).isEqualTo(second);
              assertThat(pattern.faultRule()).isEqualTo(faults);
              assertThat(Exchange.begun(pattern).isOpen()).isEqualTo(answered);
            });
  }

  @Test
  void there_is_no_other_pattern() {
    assertThat(MessageExchangePattern.values()).hasSize(8);
    assertThat(MessageExchangePattern.ofUri("http://www.w3.org/ns/wsdl/In-Out")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void a_fault_is_found_by_its_name_on_the_wire(FaultKind kind) {
    assertThat(FaultKind.ofWireName(kind.wireName())).isEqualTo(kind);
    assertThat(kind.wireName()).matches("([A-Z][a-z]+)+");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 31, 32, 0x123456789ABCDEFL, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void an_id_is_read_as_it_was_written(long id) {
    assertThat(Id.text(id)).hasSize(13);
    assertThat(Id.parse(Id.text(id))).isEqualTo(id);
    assertThat(Id.parse(Id.text(id).toLowerCase(Locale.ROOT))).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "00000000000000",
        "000000000000I",
        "000000000000L",
        "000000000000O",
        "000000000000U",
        "00000000000 0",
        "000000000000-",
        "G000000000000",
        "ZZZZZZZZZZZZZ",
        "000000000000\u017F"
      })
  void what_is_no_id_is_refused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Id.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @Test
  void ids_sort_as_their_texts_and_tell_when_they_were_made() {
    var at = Instant.parse("2030-01-01T12:00:00.123Z").toEpochMilli();
    long id = (at - Id.EPOCH_MILLIS) << (Id.NODE_BITS + Id.COUNTER_BITS);
    assertThat(Id.millis(id)).isEqualTo(at);
    assertThat(Id.millis(id + (1L << 22) - 1)).isEqualTo(at);
    assertThat(Id.text(id)).isLessThan(Id.text(id + 1));
    assertThat(new MessageId(id)).isLessThan(new MessageId(id + 1));
  }

  @Test
  void a_digest_is_the_first_half_of_a_sha_256() {
    assertThat(Digest.of("abc".getBytes(StandardCharsets.US_ASCII)))
        .hasToString("ba7816bf8f01cfea414140de5dae2223");
    var digest = Digest.of("order", "7");
    assertThat(Digest.ofBytes(digest.toBytes())).isEqualTo(digest);
  }

  @Test
  void lists_of_texts_that_read_alike_have_other_digests() {
    assertThat(
            Stream.of(
                Digest.of("ab", "c"), Digest.of("a", "bc"), Digest.of("abc"), Digest.of("abc", "")))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 127, 128, 16_383, 16_384, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void a_number_is_read_as_it_was_written(long number) {
    var blob = new BlobWriter().number(number).toBlob();
    var reader = new BlobReader(blob);
    assertThat(reader.number()).isEqualTo(number);
    assertThat(reader.atEnd()).isTrue();
    assertThat(blob.length())
        .isEqualTo(number < 0 ? 10 : Math.max(1, (70 - Long.numberOfLeadingZeros(number)) / 7));
  }

  @Test
  void texts_and_bytes_are_read_as_they_were_written() {
    var blob = new BlobWriter().text("").text("Ä€😀").bytes(new byte[] {0, -1}).toBlob();
    var reader = new BlobReader(blob);
    assertThat(List.of(reader.text(), reader.text())).containsExactly("", "Ä€😀");
    assertThat(reader.bytes()).containsExactly(0, -1);
  }

  @Test
  void bytes_that_end_too_soon_or_never_are_refused() {
    for (var bytes :
        List.of(
            new byte[] {},
            new byte[] {-128},
            new byte[] {3, 'a', 'b'},
            new byte[] {-1, -1, -1, -1, 7, 0},
            new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1})) {
      assertThatIllegalStateException()
          .isThrownBy(() -> new BlobReader(Blob.of(bytes)).text())
          .withMessageContaining("stored value");
    }
  }
}
