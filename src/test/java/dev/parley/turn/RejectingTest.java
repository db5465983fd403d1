package dev.parley.turn;

import static dev.parley.model.Desk.*;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.receive;
import static dev.parley.model.Drawing.reply;
import static dev.parley.model.Drawing.start;
import static dev.parley.model.Drawing.timer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.finding.Finding;
import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.model.Desk;
import dev.parley.store.Rows.MessageState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the operation that tell of messages that came too early or too late. */
@DisplayNameGeneration(ReplaceUnderscores.class)
// Most senders here do not look at their answer.
@SuppressWarnings("FutureReturnValueIgnored")
class RejectingTest {
  @TempDir Path folder;

  private static ExecutableProcess process(String operation, String attributes) {
    return Desk.compile(
        starts("s", "look"),
        timer("w", "PT1H"),
        takes("t", operation, attributes),
        timer("z", "P1D"),
        end("e"),
        path("s", "w", "t", "z", "e"));
  }

  private static Message message(House house, String operation) {
    return Desk.message(house.ids().getAsLong(), operation, "7", Headers.NONE);
  }

  private static Fault.Declared declared(CompletableFuture<Answer> outcome) {
    assertThat(outcome).isDone();
    return (Fault.Declared) ((Answer.Faulted) outcome.join()).fault();
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "note"})
  void a_rejected_early_message_is_told_by_the_fault_that_its_receive_names(String operation)
      throws Exception {
    var attributes = "parley:onEarly=\"reject\" parley:earlyFault=\"%sFault\"".formatted(operation);
    try (var house = House.of(folder, process(operation, attributes))) {
      house.send(message(house, "look"));
      var fault = declared(house.send(message(house, operation)));
      assertThat(fault.name()).isEqualTo(Desk.fault(operation));
      var text = operation.equals("note") ? fault.reason() : "";
      assertThat(fault.detail().toString())
          .contains(operation + "Fault")
          .contains(">" + text + "<");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "note"})
  void a_late_message_is_told_by_the_fault_that_its_receive_names(String operation)
      throws Exception {
    var attributes = "parley:lateFault=\"%sFault\"".formatted(operation);
    try (var house = House.of(folder, process(operation, attributes))) {
      house.send(message(house, "look"));
      house.after(Duration.ofHours(1)).ring();
      house.send(message(house, operation));
      var fault = declared(house.send(message(house, operation)));
      assertThat(fault.name()).isEqualTo(Desk.fault(operation));
    }
  }

  @Test
  void a_queued_message_whose_conversation_ends_is_told_by_it_too() throws Exception {
    var process =
        Desk.compile(
            starts("s", "look"),
            timer("w", "PT1H"),
            takes("t", "note"),
            takes("u", "check", "parley:lateFault=\"checkFault\""),
            path("s", "w", "t", "u"));
    try (var house = House.of(folder, process)) {
      house.send(message(house, "look"));
      var first = message(house, "check");
      var second = message(house, "check");
      house.send(first);
      var outcome = house.send(second);
      house.after(Duration.ofHours(1)).ring();
      house.send(message(house, "note"));
      assertThat(house.state(second)).isEqualTo(MessageState.COLLECTED);
      assertThat(declared(outcome).name()).isEqualTo(Desk.fault("check"));
    }
  }

  @Test
  void what_the_process_names_is_told_by_operations_that_declare_it() throws Exception {
    var process =
        Desk.deploy(
                "parley:onEarly=\"reject\" parley:earlyFault=\"checkFault\"",
                starts("s", "look"),
                timer("w", "PT1H"),
                takes("t", "check"),
                takes("u", "note"),
                path("s", "w", "t", "u"))
            .processes()
            .getFirst();
    try (var house = House.of(folder, process)) {
      house.send(message(house, "look"));
      assertThat(declared(house.send(message(house, "check"))).name())
          .isEqualTo(Desk.fault("check"));
      assertThat(House.kind(house.send(message(house, "note")))).hasSize(1);
    }
  }

  @Test
  void a_fault_that_the_operation_does_not_declare_is_found_at_deployment() {
    var findings =
        Desk.findings(
            "",
            starts("s", "look"),
            takes("t", "check", "parley:earlyFault=\"busy\""),
            path("s", "t"));
    assertThat(findings.stream().filter(Finding::isError))
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.element()).isEqualTo("t");
              assertThat(f.location().line()).isPositive();
              assertThat(f.problem())
                  .contains("earlyFault")
                  .contains("checkFault")
                  .contains("busy");
            });
  }

  @Test
  void so_is_one_on_an_operation_without_faults() {
    var findings =
        Desk.findings(
            "",
            start("s", "place"),
            receive("t", "pay", "parley:lateFault=\"tooLate\""),
            path("s", "t"));
    assertThat(findings.stream().filter(Finding::isError))
        .singleElement()
        .satisfies(f -> assertThat(f.problem()).contains("which are none"));
  }

  @Test
  void and_one_whose_element_can_be_neither_empty_nor_a_text() {
    var findings =
        Desk.findings(
            "",
            start("s", "place"),
            receive("t", "ask", "parley:lateFault=\"unknown\""),
            reply("r"),
            path("s", "t", "r"));
    assertThat(findings.stream().filter(Finding::isError))
        .singleElement()
        .satisfies(f -> assertThat(f.problem()).contains("to bear a text"));
  }
}
