package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.DeliveryPolicy;
import dev.parley.finding.Location;
import dev.parley.message.Blob;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.Headers;
import dev.parley.message.Id;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageExchangePattern;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import dev.parley.turn.Dispatch;
import dev.parley.turn.TurnInput.SendOutcome;
import dev.parley.wsdl.MessageType;
import dev.parley.wsdl.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What an attempt means for a message, by its pattern and by whether it is an answer. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RetriesTest {
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);
  private static final QName ELEMENT = new QName("urn:x", "element");
  private static final OperationName NAME = new OperationName(new QName("urn:x", "X"), "do");

  private static final Attempt.Failed DOWN = new Attempt.Failed("refused", true, true);
  private static final Attempt.Failed SILENT = new Attempt.Failed("no answer", false, true);
  private static final Attempt.Failed FORBIDDEN = new Attempt.Failed("HTTP 403", false, false);
  private static final Location LOCATION = new Location("x.wsdl", 1, 1);
  private static final Fault FAULT = new Fault.Declared(ELEMENT, Body.EMPTY, "no");

  private static Dispatch dispatch(
      MessageExchangePattern pattern, @Nullable Duration answerWithin, boolean isAnswer) {
    var type = new MessageType(ELEMENT, ELEMENT);
    var operation = new Operation(NAME, pattern, type, type, List.of(), LOCATION);
    return new Dispatch(
        operation, null, DeliveryPolicy.DEFAULT, answerWithin, null, isAnswer, isAnswer);
  }

  /** Committed at noon, tried so often already. */
  private static OutboxRow row(int attempts) {
    long id = first();
    var message =
        new Message(new MessageId(id), "p", NAME, MessageKind.INPUT, Body.EMPTY, Headers.NONE, "");
    return new OutboxRow(
        message,
        new InstanceId(1),
        0,
        "http://x.test/",
        Blob.EMPTY,
        OutboxState.PENDING,
        attempts,
        NOON,
        "");
  }

  /** The least number of noon. */
  private static long first() {
    long low = 0;
    long high = Long.MAX_VALUE;
    while (low < high) {
      long middle = low + (high - low) / 2;
      if (Id.millis(middle) < NOON.toEpochMilli()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static SendOutcome after(Attempt attempt, Dispatch dispatch, Duration later) {
    return Retries.after(attempt, row(0), dispatch, NOON.plus(later));
  }

  private static Dispatch optional(Duration within) {
    return dispatch(MessageExchangePattern.IN_OPT_OUT, within, false);
  }

  @Test
  void a_fault_answers_a_request_but_refuses_an_answer() {
    var request = dispatch(MessageExchangePattern.IN_OUT, null, false);
    assertThat(after(new Attempt.Faulted(FAULT), request, Duration.ZERO))
        .isEqualTo(new SendOutcome.Faulted(FAULT));
    var answer = dispatch(MessageExchangePattern.IN_OUT, null, true);
    assertThat(after(new Attempt.Faulted(FAULT), answer, Duration.ZERO))
        .isEqualTo(new SendOutcome.Failed(false, "The answer was refused: no"));
  }

  @Test
  void an_answer_is_tried_again_like_any_message() {
    var answer = dispatch(MessageExchangePattern.IN_OUT, null, true);
    assertThat(after(DOWN, answer, Duration.ZERO))
        .isEqualTo(new SendOutcome.Retry(NOON.plusSeconds(1), "refused"));
  }

  @Test
  void an_optional_answer_that_does_not_come_in_its_time_is_left_out() {
    assertThat(after(SILENT, optional(HALF_A_MINUTE), HALF_A_MINUTE))
        .isEqualTo(new SendOutcome.Delivered());
    assertThat(
            after(
                SILENT,
                dispatch(MessageExchangePattern.OUT_OPT_IN, HALF_A_MINUTE, false),
                HALF_A_MINUTE))
        .isEqualTo(new SendOutcome.Delivered());
  }

  @Test
  void a_required_answer_that_does_not_come_in_its_time_is_a_delivery_timeout() {
    assertThat(
            after(
                SILENT,
                dispatch(MessageExchangePattern.IN_OUT, HALF_A_MINUTE, false),
                HALF_A_MINUTE))
        .isEqualTo(new SendOutcome.Failed(true, "no answer"));
  }

  @Test
  void a_partner_that_was_never_reached_has_not_left_anything_out() {
    assertThat(after(DOWN, optional(HALF_A_MINUTE), HALF_A_MINUTE))
        .isEqualTo(new SendOutcome.Failed(true, "refused"));
  }

  @Test
  void before_its_time_is_over_an_optional_answer_is_asked_for_again() {
    assertThat(after(SILENT, optional(HALF_A_MINUTE), Duration.ofSeconds(10)))
        .isEqualTo(new SendOutcome.Retry(NOON.plusSeconds(11), "no answer"));
  }

  @Test
  void without_a_time_of_its_own_silence_is_a_failure() {
    var forEver = dispatch(MessageExchangePattern.IN_OPT_OUT, null, false);
    assertThat(after(SILENT, forEver, Duration.ofHours(1)))
        .isEqualTo(new SendOutcome.Failed(true, "no answer"));
  }

  @Test
  void a_refusal_for_good_is_no_silence() {
    assertThat(after(FORBIDDEN, optional(HALF_A_MINUTE), Duration.ofSeconds(1)))
        .isEqualTo(new SendOutcome.Failed(false, "HTTP 403"));
  }

  @Test
  void no_attempt_is_planned_past_the_deadline() {
    var request = dispatch(MessageExchangePattern.IN_OUT, Duration.ofMillis(900), false);
    assertThat(after(DOWN, request, Duration.ofMillis(10)))
        .isEqualTo(new SendOutcome.Failed(true, "refused"));
  }

  @Test
  void the_last_attempt_that_the_policy_allows_fails() {
    var request = dispatch(MessageExchangePattern.IN_ONLY, null, false);
    assertThat(Retries.after(DOWN, row(8), request, NOON)).isInstanceOf(SendOutcome.Retry.class);
    assertThat(Retries.after(DOWN, row(9), request, NOON))
        .isEqualTo(new SendOutcome.Failed(false, "refused"));
  }

  @Test
  void a_reply_is_kept_with_its_header_blocks() {
    var body = Body.of("<a/>");
    var block = Body.of("<b/>");
    assertThat(
            after(
                new Attempt.Replied(body, List.of(block)),
                optional(HALF_A_MINUTE),
                Duration.ofHours(2)))
        .isEqualTo(new SendOutcome.Answered(body, List.of(block)));
  }
}
