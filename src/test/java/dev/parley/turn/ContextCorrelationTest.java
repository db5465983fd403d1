package dev.parley.turn;

import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.noneStart;
import static dev.parley.model.Drawing.parallel;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.receive;
import static dev.parley.model.Drawing.script;
import static dev.parley.model.Drawing.start;
import static dev.parley.model.Drawing.timer;
import static dev.parley.turn.House.kind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.model.Shop;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.MessageState;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that are computed from the process's data: correlationSubscription. */
@DisplayNameGeneration(ReplaceUnderscores.class)
// Most senders here do not look at their answer.
@SuppressWarnings("FutureReturnValueIgnored")
class ContextCorrelationTest {
  @TempDir Path folder;

  /** The key {@code byCustomer} is what the data object {@code note} says. */
  private static String byNote(String dataPath) {
    return """
    <correlationSubscription id="byNote" correlationKeyRef="tns:byCustomer">
      <correlationPropertyBinding correlationPropertyRef="tns:customer">
        <dataPath>%s</dataPath>
      </correlationPropertyBinding>
    </correlationSubscription>
    """
        .formatted(dataPath);
  }

  /** Knows a customer from the start, waits for a payment, and changes it when cancelled. */
  private static ExecutableProcess noting(String first, String second) {
    return Shop.compile(
        "",
        start("placed", "place"),
        script("first", first, "parley:result=\"note\""),
        parallel("fork"),
        receive("paid", "pay"),
        timer("w", "P1D"),
        receive("cancelled", "cancel"),
        script("second", second, "parley:result=\"note\""),
        timer("x", "P1D"),
        path("placed", "first", "fork", "paid", "w"),
        path("fork", "cancelled", "second", "x"),
        byNote("$note"));
  }

  private House house(String first, String second) throws Exception {
    return House.of(folder, noting(first, second));
  }

  @Test
  void a_message_finds_its_instance_by_a_key_that_is_computed_from_its_data() throws Exception {
    try (var house = house("'  ann  smith '", "'bob'")) {
      var order = house.message("place", "7");
      house.send(order);
      var payment = house.message("pay", "", "ann smith");
      assertThat(house.send(payment)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.row(payment).instance()).isEqualTo(house.row(order).instance());
      assertThat(house.waiting(order)).containsExactlyInAnyOrder("cancelled", "w");
    }
  }

  @Test
  void the_key_follows_the_data_and_its_old_value_is_nobodys() throws Exception {
    try (var house = house("'ann'", "'bob'")) {
      var order = house.message("place", "7");
      house.send(order);
      house.send("cancel", "7");
      var old = house.message("pay", "", "ann");
      assertThat(house.send(old)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.state(old)).isEqualTo(MessageState.WAITING);
      var payment = house.message("pay", "", "bob");
      house.restart().send(payment);
      assertThat(house.row(payment).instance()).isEqualTo(house.row(order).instance());
    }
  }

  @Test
  void a_message_that_waits_for_the_value_is_taken_when_the_data_has_it() throws Exception {
    try (var house = house("'ann'", "'bob'")) {
      var order = house.message("place", "7");
      house.send(order);
      var payment = house.message("pay", "", "bob");
      house.send(payment);
      assertThat(house.state(payment)).isEqualTo(MessageState.WAITING);
      house.send("cancel", "7");
      assertThat(house.state(payment)).isEqualTo(MessageState.CONSUMED);
      assertThat(house.waiting(order)).containsExactlyInAnyOrder("w", "x");
      assertThat(house.count("waitingMessages")).isZero();
    }
  }

  @Test
  void a_message_contradicts_the_key_only_as_it_is_now() throws Exception {
    try (var house = house("'ann'", "'bob'")) {
      var order = house.message("place", "7", "zoe");
      house.send(order);
      assertThat(kind(house.send(house.message("cancel", "7", "bob"))))
          .containsExactly(FaultKind.CORRELATION_VIOLATION);
      house.send(house.message("cancel", "7", "ann"));
      assertThat(house.waiting(order)).containsExactlyInAnyOrder("paid", "x");
    }
  }

  @Test
  void what_waited_early_under_a_value_that_is_gone_waits_as_an_unknown_one() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            script("first", "'ann'", "parley:result=\"note\""),
            receive("cancelled", "cancel"),
            script("second", "'bob'", "parley:result=\"note\""),
            receive("paid", "pay"),
            end("end"),
            path("placed", "first", "cancelled", "second", "paid", "end"),
            byNote("$note"));
    try (var house = House.of(folder, process)) {
      house.send("place", "7");
      var early = house.message("pay", "", "ann");
      house.send(early);
      assertThat(house.row(early).expiresAt()).isNull();
      house.send("cancel", "7");
      assertThat(house.row(early).expiresAt()).isEqualTo(House.NOON.plus(Duration.ofHours(1)));
      house.after(Duration.ofHours(1)).collectExpired();
      assertThat(house.state(early)).isEqualTo(MessageState.COLLECTED);
    }
  }

  @Test
  void an_empty_value_sets_no_key() throws Exception {
    try (var house = house("'ann'", "'  '")) {
      house.send("place", "7");
      house.send("cancel", "7");
      assertThat(house.count("subscriptions")).isEqualTo(1);
    }
  }

  @Test
  void an_expression_that_fails_is_an_incident_and_sets_no_key() throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            receive("paid", "pay"),
            end("end"),
            path("placed", "paid", "end"),
            byNote("xs:integer(string($order))"));
    try (var house = House.of(folder, process)) {
      house.send("place", "seven");
      assertThat(house.store().incidents(9))
          .extracting(IncidentRow::kind)
          .containsExactly("ExpressionFailed");
      assertThat(house.waitingIn("sell")).containsExactly("paid");
    }
  }

  @Test
  void two_instances_that_compute_one_key_are_an_incident_of_the_second() throws Exception {
    try (var house = house("'ann'", "'bob'")) {
      var first = house.message("place", "7");
      var second = house.message("place", "8");
      house.sendAll(first, second);
      assertThat(house.store().incidents(9))
          .extracting(IncidentRow::kind, IncidentRow::instance)
          .containsExactly(tuple("CorrelationViolation", house.instance(second).id()));
      assertThat(kind(house.send(house.message("pay", "", "ann"))))
          .containsExactly(FaultKind.AMBIGUOUS_INSTANCE);
      house.send("cancel", "8");
      var payment = house.message("pay", "", "ann");
      house.send(payment);
      assertThat(house.row(payment).instance()).isEqualTo(house.instance(first).id());
    }
  }

  @Test
  void after_the_end_a_message_is_late_by_the_last_value_and_unknown_by_an_earlier_one()
      throws Exception {
    var process =
        Shop.compile(
            "",
            start("placed", "place"),
            script("first", "'ann'", "parley:result=\"note\""),
            receive("cancelled", "cancel"),
            script("second", "'bob'", "parley:result=\"note\""),
            receive("paid", "pay"),
            end("end"),
            path("placed", "first", "cancelled", "second", "paid", "end"),
            byNote("$note"));
    try (var house = House.of(folder, process)) {
      var order = house.message("place", "7");
      house.sendAll(order, house.message("cancel", "7"), house.message("pay", "7"));
      assertThat(house.instance(order).status()).isEqualTo(Status.COMPLETED);
      assertThat(kind(house.send(house.message("pay", "", "bob"))))
          .containsExactly(FaultKind.TOO_LATE);
      var unknown = house.message("pay", "", "ann");
      assertThat(house.send(unknown)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.state(unknown)).isEqualTo(MessageState.WAITING);
    }
  }

  @Test
  void an_instance_that_no_message_began_has_a_computed_key_too() throws Exception {
    var process =
        Shop.compile(
            "",
            noneStart("begun"),
            script("first", "'ann'", "parley:result=\"note\""),
            receive("paid", "pay"),
            end("end"),
            path("begun", "first", "paid", "end"),
            byNote("$note"));
    try (var house = House.of(folder, process)) {
      var id = new InstanceId(house.ids().getAsLong());
      house.turn(new TurnInput.Start("sell", id));
      house.send(house.message("pay", "", "ann"));
      assertThat(house.instance(id).status()).isEqualTo(Status.COMPLETED);
      assertThat(house.replayed(id)).isEqualTo(house.instance(id));
    }
  }
}
