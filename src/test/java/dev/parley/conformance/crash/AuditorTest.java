package dev.parley.conformance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.crash.Violation.Kind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Journals with a planted fault: an auditor that misses one proves nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class AuditorTest {
  private static final List<String> JOURNAL =
      List.of(
          "1 INTENT k OPEN 0 0 -",
          "2 ACKNOWLEDGED k OPEN 0 202 -",
          "3 INTENT k STEP 1 0 -",
          "4 UNKNOWN k STEP 1 0 reset",
          "5 INTENT k STEP 1 0 -",
          "6 ACKNOWLEDGED k STEP 1 202 -",
          "7 INTENT k STEP 2 0 -",
          "8 ACKNOWLEDGED k STEP 2 202 -",
          "9 INTENT k CLOSE 0 0 -",
          "10 ACKNOWLEDGED k CLOSE 0 200 k_k/1/r2_k/2/r3");

  private static final List<String> LEDGER =
      List.of("u1 k k 0 r1", "u2 k k 1 r2", "u2 k k 1 r2", "u3 k k 2 r3");

  @Test
  void exactly_once_is_clean_however_often_it_was_sent() {
    assertThat(kinds(JOURNAL, LEDGER)).isEmpty();
  }

  @Test
  void an_acknowledged_opening_without_a_note_is_lost() {
    assertThat(kinds(JOURNAL, without(LEDGER, "u1"))).containsExactly(Kind.LOST);
  }

  @Test
  void an_acknowledged_step_that_never_reached_the_partner_is_lost() {
    assertThat(kinds(JOURNAL, without(LEDGER, "u3"))).contains(Kind.LOST);
  }

  @Test
  void an_acknowledged_step_that_the_instance_does_not_know_is_lost() {
    assertThat(kinds(closedBy("k_k/1/r2"), LEDGER)).containsExactly(Kind.LOST);
  }

  @Test
  void two_wire_ids_for_one_step_are_a_duplicate() {
    assertThat(kinds(JOURNAL, with(LEDGER, "u4 k k 1 r4"))).containsExactly(Kind.DUPLICATE);
  }

  @Test
  void two_notes_of_one_opening_are_a_duplicate() {
    assertThat(kinds(JOURNAL, with(LEDGER, "u4 k k 0 r4"))).containsExactly(Kind.DUPLICATE);
  }

  @Test
  void a_step_that_was_consumed_twice_is_a_duplicate() {
    assertThat(kinds(closedBy("k_k/1/r2_k/1/r2_k/2/r3"), LEDGER)).containsExactly(Kind.DUPLICATE);
  }

  @Test
  void a_close_that_was_answered_in_two_ways_is_a_duplicate() {
    var journal = with(JOURNAL, "11 ACKNOWLEDGED k CLOSE 0 200 k_k/1/r2");
    assertThat(kinds(journal, LEDGER)).contains(Kind.DUPLICATE);
  }

  @Test
  void an_effect_at_the_partner_of_what_was_never_sent_is_a_phantom() {
    assertThat(kinds(JOURNAL, with(LEDGER, "u4 k k 3 r4"))).containsExactly(Kind.PHANTOM);
    assertThat(kinds(JOURNAL, with(LEDGER, "u4 x x 1 r4"))).containsExactly(Kind.PHANTOM);
  }

  @Test
  void an_effect_in_the_instance_of_what_was_never_sent_is_a_phantom() {
    assertThat(kinds(closedBy("k_k/1/r2_k/2/r3_k/3/r9"), LEDGER)).contains(Kind.PHANTOM);
  }

  @Test
  void a_step_that_another_instance_sent_on_is_on_the_wrong_instance() {
    assertThat(kinds(JOURNAL, with(without(LEDGER, "u3"), "u3 x k 2 r3")))
        .containsExactly(Kind.WRONG_INSTANCE);
  }

  @Test
  void a_step_that_another_instance_consumed_is_on_the_wrong_instance() {
    assertThat(kinds(closedBy("k_k/1/r2_k/2/r3_x/1/r9"), LEDGER))
        .containsExactly(Kind.WRONG_INSTANCE);
  }

  @Test
  void a_reply_of_another_instance_is_of_the_wrong_instance() {
    assertThat(kinds(closedBy("x_k/1/r2_k/2/r3"), LEDGER)).containsExactly(Kind.WRONG_INSTANCE);
  }

  @Test
  void a_partner_s_answer_that_went_to_another_step_is_on_the_wrong_instance() {
    assertThat(kinds(closedBy("k_k/1/r3_k/2/r3"), LEDGER)).containsExactly(Kind.WRONG_INSTANCE);
  }

  @Test
  void a_wire_id_with_two_contents_is_on_the_wrong_instance() {
    assertThat(kinds(JOURNAL, with(without(LEDGER, "u3"), "u2 k k 2 r3")))
        .containsExactly(Kind.WRONG_INSTANCE);
  }

  @Test
  void steps_consumed_in_another_order_are_out_of_order() {
    assertThat(kinds(closedBy("k_k/2/r3_k/1/r2"), LEDGER)).containsExactly(Kind.ORDER);
  }

  @Test
  void steps_that_reached_the_partner_in_another_order_are_out_of_order() {
    assertThat(kinds(JOURNAL, List.of("u1 k k 0 r1", "u3 k k 2 r3", "u2 k k 1 r2")))
        .containsExactly(Kind.ORDER);
  }

  @Test
  void what_nobody_acknowledged_may_have_its_effect_once_or_not_and_is_unanswered() {
    var unknown = without(JOURNAL, "8 ", "9 ", "10 ");
    assertThat(kinds(unknown, LEDGER)).containsExactly(Kind.UNANSWERED);
    assertThat(kinds(unknown, without(LEDGER, "u3"))).containsExactly(Kind.UNANSWERED);
  }

  @Test
  void a_refusal_is_reported_unless_the_gateway_was_unavailable() {
    assertThat(kinds(with(JOURNAL, "11 REFUSED k STEP 2 500 TooLate"), LEDGER))
        .containsExactly(Kind.REFUSED);
    assertThat(kinds(with(JOURNAL, "11 REFUSED k STEP 2 503 Unavailable"), LEDGER)).isEmpty();
  }

  @Test
  void a_violation_shows_the_lines_of_its_conversation() {
    var violation = audit(JOURNAL, without(LEDGER, "u1")).getFirst();
    assertThat(violation.lines()).hasSize(JOURNAL.size() + 3);
    assertThat(violation.lines().getFirst()).isEqualTo("journal 1\tINTENT\tk\tOPEN\t0\t0\t-");
  }

  private static List<Kind> kinds(List<String> journal, List<String> ledger) {
    return audit(journal, ledger).stream().map(Violation::kind).toList();
  }

  /** Fields are separated by blanks here, words of a detail by underscores. */
  private static List<Violation> audit(List<String> journal, List<String> ledger) {
    return Auditor.audit(
        journal.stream().map(l -> Entry.parse(l.replace(' ', '\t').replace('_', ' '))).toList(),
        ledger.stream().map(l -> Delivery.parse(l.replace(' ', '\t'))).toList());
  }

  private static List<String> closedBy(String reply) {
    return with(without(JOURNAL, "10 "), "10 ACKNOWLEDGED k CLOSE 0 200 " + reply);
  }

  private static List<String> with(List<String> lines, String line) {
    return Stream.concat(lines.stream(), Stream.of(line)).toList();
  }

  private static List<String> without(List<String> lines, String... starts) {
    return lines.stream().filter(l -> Stream.of(starts).noneMatch(l::startsWith)).toList();
  }
}
