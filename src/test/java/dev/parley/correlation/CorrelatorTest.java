package dev.parley.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.correlation.Correlation.Discarded;
import dev.parley.correlation.Correlation.Instantiates;
import dev.parley.correlation.Correlation.Matched;
import dev.parley.correlation.Correlation.Queued;
import dev.parley.correlation.Correlation.Refused;
import dev.parley.correlation.Situation.Enabled;
import dev.parley.correlation.Situation.Holder;
import dev.parley.correlation.Situation.Load;
import dev.parley.deployment.QueuePolicy;
import dev.parley.deployment.QueuePolicy.Bounds;
import dev.parley.deployment.QueuePolicy.Choice;
import dev.parley.deployment.QueuePolicy.Full;
import dev.parley.deployment.QueuePolicy.HeldKey;
import dev.parley.deployment.QueuePolicy.RejectionFault;
import dev.parley.message.Digest;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CorrelatorTest {
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private static final InstanceId A = new InstanceId(1);
  private static final InstanceId B = new InstanceId(2);
  private static final Digest KEY_1 = Digest.of("1");
  private static final Digest KEY_2 = Digest.of("2");
  private static final Holder EARLY = new Holder(A, true, true, true, false);
  private static final Holder PAST = new Holder(A, true, true, false, false);
  private static final Holder ENDED = new Holder(A, false, true, true, false);
  private static final Holder OTHER = new Holder(B, true, false, true, false);

  /** A message with a key, that starts nothing, which nobody waits for or knows. */
  private List<Enabled> enabled = List.of();

  private List<Holder> holders = List.of();
  private List<CorrelationKey> keys =
      List.of(new CorrelationKey("sell", 0, "byOrder", List.of("7")));
  private OptionalInt start = OptionalInt.empty();
  private Load load = Load.NONE;
  private QueuePolicy policy = QueuePolicy.DEFAULT;

  private Correlation decision() {
    return decided().correlation();
  }

  private Decision decided() {
    return Correlator.decide(
        new Situation("sell", "pay", keys, enabled, holders, start, load), policy, NOON);
  }

  private Rule rule() {
    return decided().rule();
  }

  private List<FaultKind> refusal() {
    return decision() instanceof Refused(var fault)
        ? List.of(((Fault.Gateway) fault).kind())
        : List.of();
  }

  private void policy(Choice onEarly, Duration keepEarly, Choice onUnknown, Choice onLate) {
    policy =
        new QueuePolicy(
            onEarly,
            keepEarly,
            onUnknown,
            Duration.ofHours(1),
            onLate,
            HeldKey.REFUSE,
            Bounds.DEFAULT,
            Full.REJECT,
            Choice.QUEUE,
            RejectionFault.NONE,
            RejectionFault.NONE);
  }

  private void allowingHeldKeys() {
    policy =
        new QueuePolicy(
            Choice.QUEUE,
            null,
            Choice.QUEUE,
            Duration.ofHours(1),
            Choice.REJECT,
            HeldKey.ALLOW,
            Bounds.DEFAULT,
            Full.REJECT,
            Choice.QUEUE,
            RejectionFault.NONE,
            RejectionFault.NONE);
  }

  @Test
  void an_enabled_receive_takes_it() {
    enabled = List.of(new Enabled(A, 3, KEY_1));
    start = OptionalInt.of(0);
    assertThat(decision()).isEqualTo(new Matched(A, 3));
  }

  @Test
  void a_decision_says_which_rule_it_follows_from() {
    assertThat(rule()).isEqualTo(Rule.UNKNOWN);
    holders = List.of(ENDED);
    assertThat(rule()).isEqualTo(Rule.LATE);
    holders = List.of(EARLY);
    assertThat(rule()).isEqualTo(Rule.EARLY);
    holders = List.of(EARLY, OTHER);
    assertThat(rule()).isEqualTo(Rule.OTHER_CONVERSATION);
    start = OptionalInt.of(0);
    holders = List.of(PAST);
    assertThat(rule()).isEqualTo(Rule.HELD_KEY);
    holders = List.of(ENDED);
    assertThat(rule()).isEqualTo(Rule.START);
    enabled = List.of(new Enabled(A, 3, KEY_1));
    assertThat(rule()).isEqualTo(Rule.RECEIVE);
    enabled = List.of();
    start = OptionalInt.empty();
    keys = List.of();
    assertThat(rule()).as("it answers what an instance sent that has ended").isEqualTo(Rule.LATE);
    holders = List.of();
    assertThat(rule()).isEqualTo(Rule.NO_KEY);
  }

  @Test
  void two_receives_of_one_instance_by_one_key_conflict() {
    enabled = List.of(new Enabled(A, 3, KEY_1), new Enabled(A, 4, KEY_1));
    assertThat(refusal()).containsExactly(FaultKind.CONFLICTING_RECEIVE);
  }

  @Test
  void two_receives_of_one_instance_by_different_keys_are_ambiguous() {
    enabled = List.of(new Enabled(A, 3, KEY_1), new Enabled(A, 4, KEY_2));
    assertThat(refusal()).containsExactly(FaultKind.AMBIGUOUS_RECEIVE);
  }

  @Test
  void receives_of_two_instances_are_an_ambiguous_instance() {
    enabled = List.of(new Enabled(A, 3, KEY_1), new Enabled(A, 4, KEY_1), new Enabled(B, 3, KEY_2));
    assertThat(refusal()).containsExactly(FaultKind.AMBIGUOUS_INSTANCE);
    assertThat(((Refused) decision()).fault().reason()).contains("2 running instances");
  }

  @Test
  void an_instance_that_will_still_receive_it_lets_it_wait() {
    holders = List.of(EARLY);
    start = OptionalInt.of(0);
    assertThat(decision()).isEqualTo(new Queued(null));
    policy(Choice.QUEUE, Duration.ofMinutes(5), Choice.QUEUE, Choice.REJECT);
    assertThat(decision()).isEqualTo(new Queued(NOON.plusSeconds(300)));
    policy(Choice.REJECT, Duration.ZERO, Choice.QUEUE, Choice.REJECT);
    assertThat(refusal()).containsExactly(FaultKind.TOO_EARLY);
    policy(Choice.DISCARD, Duration.ZERO, Choice.QUEUE, Choice.REJECT);
    assertThat(decision()).isEqualTo(new Discarded());
  }

  @Test
  void a_full_queue_refuses_early_and_unknown_messages() {
    load = new Load(100, 100, 0, 1);
    assertThat(refusal()).containsExactly(FaultKind.QUEUE_FULL);
    holders = List.of(EARLY);
    assertThat(refusal()).containsExactly(FaultKind.QUEUE_FULL);
    load = new Load(99, 9_999, 0, 1);
    assertThat(decision()).isInstanceOf(Queued.class);
    load = new Load(0, 10_000, 0, 1);
    assertThat(refusal()).containsExactly(FaultKind.QUEUE_FULL);
    load = new Load(0, 5, (64 << 20) - 9, 10);
    assertThat(refusal()).containsExactly(FaultKind.QUEUE_FULL);
    load = new Load(0, 5, (64 << 20) - 10, 10);
    assertThat(decision()).isInstanceOf(Queued.class);
  }

  @Test
  void a_start_makes_an_instance_unless_a_live_one_holds_the_key() {
    start = OptionalInt.of(5);
    assertThat(decision()).isEqualTo(new Instantiates(5));
    holders = List.of(ENDED);
    assertThat(decision()).isEqualTo(new Instantiates(5));
    holders = List.of(PAST);
    assertThat(refusal()).containsExactly(FaultKind.CORRELATION_VIOLATION);
    allowingHeldKeys();
    assertThat(decision()).isEqualTo(new Instantiates(5));
  }

  @Test
  void a_start_whose_other_key_another_conversation_holds_is_refused_or_allowed_alike() {
    start = OptionalInt.of(5);
    holders = List.of(OTHER);
    assertThat(refusal()).containsExactly(FaultKind.CORRELATION_VIOLATION);
    allowingHeldKeys();
    assertThat(decision()).isEqualTo(new Instantiates(5));
  }

  @Test
  void a_start_needs_no_key() {
    start = OptionalInt.of(5);
    keys = List.of();
    assertThat(decision()).isEqualTo(new Instantiates(5));
  }

  @Test
  void any_other_message_needs_one() {
    keys = List.of();
    assertThat(refusal()).containsExactly(FaultKind.INVALID_MESSAGE);
  }

  @Test
  void a_message_that_mixes_two_conversations_is_a_violation() {
    holders = List.of(EARLY, OTHER);
    assertThat(refusal()).containsExactly(FaultKind.CORRELATION_VIOLATION);
  }

  @Test
  void a_message_of_no_conversation_waits_for_one_as_long_as_the_policy_says() {
    assertThat(decision()).isEqualTo(new Queued(NOON.plusSeconds(3600)));
    policy(Choice.QUEUE, Duration.ZERO, Choice.REJECT, Choice.REJECT);
    assertThat(refusal()).containsExactly(FaultKind.UNKNOWN_CONVERSATION);
    policy(Choice.QUEUE, Duration.ZERO, Choice.DISCARD, Choice.REJECT);
    assertThat(decision()).isEqualTo(new Discarded());
  }

  @Test
  void a_message_is_late_when_its_conversation_ended_or_goes_on_without_it() {
    for (var holder : List.of(ENDED, PAST)) {
      holders = List.of(holder);
      policy = QueuePolicy.DEFAULT;
      assertThat(refusal()).containsExactly(FaultKind.TOO_LATE);
      policy(Choice.QUEUE, Duration.ZERO, Choice.QUEUE, Choice.DISCARD);
      assertThat(decision()).isEqualTo(new Discarded());
    }
  }

  @Test
  void a_refusal_says_what_was_found_and_what_to_do() {
    start = OptionalInt.of(5);
    holders = List.of(PAST);
    var fault = (Fault.Gateway) ((Refused) decision()).fault();
    assertThat(fault.reason()).contains("byOrder=7");
    assertThat(fault.remedy()).isNotBlank();
  }

  private static KeySet keys(Object... numbersAndValues) {
    return numbersAndValues.length == 2
        ? KeySet.of(Map.of((Integer) numbersAndValues[0], List.of((String) numbersAndValues[1])))
        : KeySet.of(
            Map.of(
                (Integer) numbersAndValues[0], List.of((String) numbersAndValues[1]),
                (Integer) numbersAndValues[2], List.of((String) numbersAndValues[3])));
  }

  @Test
  void a_message_belongs_where_every_common_key_is_equal_and_there_is_one() {
    assertThat(keys(0, "7").belongsTo(keys(0, "7"))).isTrue();
    assertThat(keys(0, "7", 1, "ann").belongsTo(keys(0, "7"))).isTrue();
    assertThat(keys(0, "7").belongsTo(keys(0, "7", 1, "ann"))).isTrue();
    assertThat(keys(0, "7", 1, "bob").belongsTo(keys(0, "7", 1, "ann"))).isFalse();
    assertThat(keys(1, "ann").belongsTo(keys(0, "7"))).isFalse();
    assertThat(KeySet.NONE.belongsTo(keys(0, "7"))).isFalse();
  }

  @Test
  void a_set_key_never_changes() {
    assertThat(keys(0, "7").and(keys(0, "8", 1, "ann"))).isEqualTo(keys(0, "7", 1, "ann"));
    assertThat(keys(0, "7").and(keys(0, "7"))).isEqualTo(keys(0, "7"));
    assertThat(keys(0, "7", 1, "bob").contradiction(keys(1, "ann"))).isEqualTo(1);
    assertThat(keys(0, "7").contradiction(keys(1, "ann"))).isEqualTo(-1);
  }

  @Test
  void keys_of_other_processes_scopes_names_and_values_have_other_digests() {
    var all =
        List.of(
            new CorrelationKey("sell", 0, "k", List.of("a", "b")),
            new CorrelationKey("sell", 0, "k", List.of("ab")),
            new CorrelationKey("sell", 1, "k", List.of("a", "b")),
            new CorrelationKey("buy", 0, "k", List.of("a", "b")),
            new CorrelationKey("sell", 0, "q", List.of("a", "b")));
    assertThat(all.stream().map(CorrelationKey::digest)).doesNotHaveDuplicates();
  }
}
