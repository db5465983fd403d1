package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.message.MediaType;
import dev.parley.message.MessageKind;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxState;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What stands in files that were written long ago: these values never change. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CodesTest {

  @Test
  void constants_keep_their_numbers() {
    assertThat(Codes.KIND.at(2)).isEqualTo(MessageKind.FAULT);
    assertThat(Codes.MESSAGE_STATE.at(3)).isEqualTo(MessageState.COLLECTED);
    assertThat(Codes.EXCHANGE.at(3)).isEqualTo(ExchangeState.ABANDONED);
    assertThat(Codes.STATUS.at(3)).isEqualTo(InstanceStatus.FAULTED);
    assertThat(Codes.OUTBOX_STATE.at(3)).isEqualTo(OutboxState.CANCELLED);
  }

  @Test
  void the_numbers_that_stand_in_queries_are_these() {
    assertThat(Codes.MESSAGE_STATE.of(MessageState.WAITING)).isZero();
    assertThat(Codes.STATUS.of(InstanceStatus.LIVE)).isZero();
    assertThat(Codes.OUTBOX_STATE.of(OutboxState.PENDING)).isZero();
  }

  @Test
  void answers_keep_their_form() {
    assertThat(hex(Answer.ACCEPTED)).isEqualTo("0102");
    assertThat(hex(new Answer.Reply(Body.of("<r/>")))).isEqualTo("0103053c722f3e");
    assertThat(hex(Answer.refused(FaultKind.EXPIRED, "a", "")))
        .isEqualTo("010508457870697265640261" + "01");
    assertThat(hex(new Answer.Faulted(new Fault.Declared(new QName("n", "l"), Body.EMPTY, "r"))))
        .isEqualTo("0104026e026c01027201");
    assertThat(hex(new Answer.Faulted(new Fault.Undeclared(new QName("n", "l"), "r", Body.EMPTY))))
        .isEqualTo("0106026e026c01027201");
  }

  @Test
  void headers_keep_their_form() {
    assertThat(
            HexFormat.of()
                .formatHex(
                    bytes(
                        new Headers("m", null, null, null, null, "k", Map.of(), null, List.of()))))
        .isEqualTo("0101026d026b");
    assertThat(Codec.encode(Headers.NONE, MediaType.XML)).isNull();
  }

  @Test
  void a_simple_message_keeps_its_type_and_the_keys_its_sender_named() {
    var headers = Headers.simple("k", Map.of("order", "7", "region", "n"));
    var bytes = Codec.encode(headers, MediaType.JSON);
    assertThat(Codec.about(bytes)).isEqualTo(new Codec.About(headers, MediaType.JSON));
    assertThat(Codec.about(null)).isEqualTo(new Codec.About(Headers.NONE, MediaType.XML));
  }

  @Test
  void a_form_of_another_version_is_not_guessed_at() {
    assertThatThrownBy(() -> Codec.answer(new byte[] {2, 2}))
        .hasMessageContaining("Expected a column written by this version, found format 2");
    assertThatThrownBy(() -> Codec.answer(new byte[] {1, 99})).hasMessageContaining("tag 99");
    assertThatThrownBy(() -> Codec.answer(new byte[] {1, 3, 9})).hasMessageContaining("3 bytes");
    assertThatThrownBy(() -> Codec.answer(new byte[0])).hasMessageContaining("format none");
  }

  private static String hex(Answer answer) {
    return HexFormat.of().formatHex(Codec.encode(answer));
  }

  private static byte[] bytes(Headers headers) {
    byte[] bytes = Codec.encode(headers, MediaType.XML);
    return bytes == null ? new byte[0] : bytes;
  }
}
