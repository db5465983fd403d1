package dev.parley.turn;

import static dev.parley.model.Desk.answers;
import static dev.parley.model.Desk.faults;
import static dev.parley.model.Desk.starts;
import static dev.parley.model.Desk.takes;
import static dev.parley.model.Drawing.end;
import static dev.parley.model.Drawing.path;
import static dev.parley.model.Drawing.start;
import static dev.parley.model.Drawing.timer;
import static dev.parley.turn.House.kind;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageKind;
import dev.parley.model.Desk;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an answer goes: back on the connection, to an address of the request, or nowhere. */
@DisplayNameGeneration(ReplaceUnderscores.class)
// Most senders here do not look at their answer.
@SuppressWarnings("FutureReturnValueIgnored")
class AnsweringTest {
  private static final EndpointReference REPLIES =
      new EndpointReference("http://replies.test/", List.of(Body.of("<p xmlns=\"urn:x\">1</p>")));
  private static final EndpointReference FAULTS = EndpointReference.of("http://faults.test/");
  private static final Headers.Via VIA = new Headers.Via("desk", true);

  @TempDir Path folder;

  /** Takes the operation's first message; after an hour it goes on with {@code r}. */
  private static ExecutableProcess later(String operation, String r, String... attributes) {
    return Desk.compile(
        starts("s", operation, attributes),
        timer("w", "PT1H"),
        r,
        timer("z", "P1D"),
        path("s", "w", "r", "z"));
  }

  /** The same in the turn that takes it. */
  private static ExecutableProcess atOnce(String operation, String r) {
    return Desk.compile(starts("s", operation), r, timer("z", "P1D"), path("s", "r", "z"));
  }

  private static Message message(
      House house,
      String operation,
      @Nullable EndpointReference replyTo,
      @Nullable EndpointReference faultTo) {
    return Desk.message(
        house.ids().getAsLong(),
        operation,
        "7",
        new Headers("urn:m1", null, null, replyTo, faultTo, null, Map.of(), VIA, List.of()));
  }

  private static void hourLater(House house) {
    house.after(Duration.ofHours(1)).ring();
  }

  private static OutboxRow only(House house) {
    assertThat(house.outbound()).hasSize(1);
    return house.outbound().getFirst();
  }

  private static Answer reply(String operation) {
    return new Answer.Reply(Desk.body(operation + "Answer", "r"));
  }

  private static Fault.Declared fault(String operation) {
    String name = operation + "Fault";
    return new Fault.Declared(Desk.fault(operation), Desk.body(name, "r"), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "look", "offer", "remind"})
  void a_reply_to_an_address_is_a_message_of_its_own(String operation) throws Exception {
    try (var house = House.of(folder, later(operation, answers("r", operation)))) {
      var request = message(house, operation, REPLIES, null);
      assertThat(house.send(request)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.outbound()).isEmpty();
      assertThat(house.row(request).exchange()).isEqualTo(ExchangeState.OPEN);
      hourLater(house);
      var row = only(house);
      assertThat(row.endpoint()).isEqualTo("http://replies.test/");
      assertThat(row.message().body()).isEqualTo(Desk.body(operation + "Answer", "r"));
      assertThat(row.message().kind())
          .isEqualTo(request.kind() == MessageKind.INPUT ? MessageKind.OUTPUT : MessageKind.INPUT);
      assertThat(row.headers().to()).isEqualTo(REPLIES);
      assertThat(row.headers().relatesTo()).isEqualTo("urn:m1");
      assertThat(row.headers().via()).isEqualTo(VIA);
      assertThat(row.token()).isZero();
      assertThat(house.outbox(row.id()).state()).isEqualTo(OutboxState.PENDING);
      assertThat(house.row(request).exchange()).isEqualTo(ExchangeState.ANSWERED);
    }
  }

  @Test
  void a_reply_in_the_request_s_own_turn_goes_to_its_address_too() throws Exception {
    try (var house = House.of(folder, atOnce("check", answers("r", "check")))) {
      assertThat(house.send(message(house, "check", REPLIES, null)))
          .isCompletedWithValue(Answer.ACCEPTED);
      assertThat(only(house).endpoint()).isEqualTo("http://replies.test/");
    }
  }

  @Test
  void header_blocks_go_with_a_reply() throws Exception {
    var r = answers("r", "check", "parley:headers=\"&lt;d:mark/>\"");
    try (var house = House.of(folder, atOnce("check", r))) {
      house.send(message(house, "check", REPLIES, null));
      assertThat(only(house).headers().blocks())
          .containsExactly(Body.of("<d:mark xmlns:d=\"urn:example:desk\"/>"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "look", "offer", "remind"})
  void a_fault_goes_to_fault_to_and_without_one_to_reply_to(String operation) throws Exception {
    try (var house = House.of(folder, atOnce(operation, faults("r", operation)))) {
      assertThat(house.send(message(house, operation, REPLIES, FAULTS)))
          .isCompletedWithValue(Answer.ACCEPTED);
      var row = only(house);
      assertThat(row.endpoint()).isEqualTo("http://faults.test/");
      assertThat(row.message().kind()).isEqualTo(MessageKind.FAULT);
      assertThat(row.headers().relatesTo()).isEqualTo("urn:m1");
      assertThat(house.dispatch(row).fault()).isEqualTo(fault(operation));
    }
    try (var house = House.of(folder.resolve("2"), atOnce(operation, faults("r", operation)))) {
      house.send(message(house, operation, REPLIES, null));
      assertThat(only(house).endpoint()).isEqualTo("http://replies.test/");
    }
  }

  @Test
  void with_an_anonymous_reply_to_the_reply_comes_on_the_connection_and_a_fault_does_not()
      throws Exception {
    answersOnTheConnection(EndpointReference.ANONYMOUS, folder.resolve("anonymous"));
    answersOnTheConnection(null, folder.resolve("absent"));
  }

  private static void answersOnTheConnection(@Nullable EndpointReference replyTo, Path folder)
      throws Exception {
    var replying = folder.resolve("replying");
    try (var house = House.of(replying, later("check", answers("r", "check")))) {
      var caller = house.send(message(house, "check", replyTo, FAULTS));
      assertThat(caller).isNotDone();
      hourLater(house);
      assertThat(caller).isCompletedWithValue(reply("check"));
      assertThat(house.outbound()).isEmpty();
    }
    var faulting = folder.resolve("faulting");
    try (var house = House.of(faulting, later("check", faults("r", "check")))) {
      var caller = house.send(message(house, "check", replyTo, FAULTS));
      hourLater(house);
      assertThat(caller).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(only(house).endpoint()).isEqualTo("http://faults.test/");
    }
  }

  @Test
  void a_reply_to_nobody_is_dropped() throws Exception {
    try (var house = House.of(folder, later("check", answers("r", "check")))) {
      var request = message(house, "check", EndpointReference.NONE, null);
      assertThat(house.send(request)).isCompletedWithValue(Answer.ACCEPTED);
      hourLater(house);
      assertThat(house.outbound()).isEmpty();
      assertThat(house.waiting(request)).containsExactly("z");
      assertThat(house.row(request).answer()).as("kept").isEqualTo(reply("check"));
    }
  }

  @Test
  void a_fault_to_nobody_is_dropped_and_one_to_an_address_is_not() throws Exception {
    try (var house = House.of(folder, atOnce("check", faults("r", "check")))) {
      assertThat(house.send(message(house, "check", null, EndpointReference.NONE)))
          .isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.outbound()).isEmpty();
    }
    try (var house = House.of(folder.resolve("2"), atOnce("check", faults("r", "check")))) {
      house.send(message(house, "check", EndpointReference.NONE, FAULTS));
      assertThat(only(house).endpoint()).isEqualTo("http://faults.test/");
    }
  }

  @Test
  void an_optional_answer_that_is_left_out_sends_nothing() throws Exception {
    try (var house =
        House.of(
            folder,
            Desk.compile(starts("s", "look"), timer("w", "PT1H"), end("e"), path("s", "w", "e")))) {
      var request = message(house, "look", REPLIES, null);
      house.send(request);
      hourLater(house);
      assertThat(house.outbound()).isEmpty();
      assertThat(house.row(request).exchange()).isEqualTo(ExchangeState.ANSWERED);
    }
  }

  @Test
  void a_missing_reply_is_told_to_reply_to() throws Exception {
    try (var house =
        House.of(
            folder,
            Desk.compile(
                starts("s", "check"), timer("w", "PT1H"), end("e"), path("s", "w", "e")))) {
      house.send(message(house, "check", REPLIES, null));
      hourLater(house);
      assertThat(house.dispatch(only(house)).fault())
          .isInstanceOfSatisfying(
              Fault.Gateway.class, f -> assertThat(f.kind()).isEqualTo(FaultKind.MISSING_REPLY));
    }
  }

  @Test
  void after_a_restart_a_reply_still_goes_to_its_address() throws Exception {
    try (var house = House.of(folder, later("check", answers("r", "check")))) {
      var request = message(house, "check", REPLIES, FAULTS);
      house.send(request);
      hourLater(house.restart());
      assertThat(only(house).headers().to()).isEqualTo(REPLIES);
      assertThat(house.row(request).exchange()).isEqualTo(ExchangeState.ANSWERED);
    }
  }

  @Test
  void after_a_restart_a_fault_still_goes_to_its_address_and_a_reply_to_nobody() throws Exception {
    try (var house = House.of(folder, later("check", faults("r", "check")))) {
      house.send(message(house, "check", null, FAULTS));
      hourLater(house.restart());
      assertThat(only(house).endpoint()).isEqualTo("http://faults.test/");
    }
    try (var house = House.of(folder.resolve("2"), later("check", answers("r", "check")))) {
      var request = message(house, "check", null, FAULTS);
      house.send(request);
      hourLater(house.restart());
      assertThat(house.outbound()).isEmpty();
      assertThat(house.row(request).exchange()).isEqualTo(ExchangeState.ABANDONED);
    }
  }

  @Test
  void an_answer_that_was_committed_is_there_after_a_restart_as_it_was() throws Exception {
    try (var house = House.of(folder, atOnce("check", faults("r", "check")))) {
      house.send(message(house, "check", REPLIES, FAULTS));
      var row = only(house);
      house.restart();
      assertThat(house.outbox(row.id())).isEqualTo(row);
      assertThat(house.dispatch(house.outbox(row.id())).fault()).isEqualTo(fault("check"));
    }
  }

  @Test
  void a_duplicate_of_a_decoupled_request_is_accepted_and_has_no_effect() throws Exception {
    try (var house = House.of(folder, later("check", answers("r", "check")))) {
      house.send(message(house, "check", REPLIES, null));
      assertThat(house.send(message(house, "check", REPLIES, null)))
          .isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.count("liveInstances")).isEqualTo(1);
      hourLater(house);
      only(house);
      assertThat(house.send(message(house, "check", REPLIES, null)))
          .isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.outbound()).isEmpty();
    }
  }

  @Test
  void a_refusal_comes_on_the_connection() throws Exception {
    try (var house =
        House.of(
            folder,
            Desk.compile(
                start("placed", "place"),
                takes("t", "check", "parley:onUnknown=\"reject\""),
                answers("r", "check"),
                path("placed", "t", "r")))) {
      assertThat(kind(house.send(message(house, "check", REPLIES, FAULTS))))
          .containsExactly(FaultKind.UNKNOWN_CONVERSATION);
      assertThat(house.outbound()).isEmpty();
    }
  }

  /** Takes its message after an hour. */
  private static ExecutableProcess slow(String operation, String... attributes) {
    return Desk.compile(
        start("placed", "place"),
        timer("w", "PT1H"),
        takes("t", operation, attributes),
        timer("z", "P1D"),
        path("placed", "w", "t", "z"));
  }

  @Test
  void the_fault_of_a_message_that_was_collected_goes_to_fault_to() throws Exception {
    try (var house = House.of(folder, slow("check"))) {
      var unknown = message(house, "check", REPLIES, FAULTS);
      assertThat(house.send(unknown)).isCompletedWithValue(Answer.ACCEPTED);
      house.after(Duration.ofHours(1)).collectExpired();
      assertThat(house.state(unknown)).isEqualTo(MessageState.COLLECTED);
      var row = only(house);
      assertThat(row.endpoint()).isEqualTo("http://faults.test/");
      assertThat(house.dispatch(row).fault())
          .isInstanceOfSatisfying(
              Fault.Gateway.class, f -> assertThat(f.kind()).isEqualTo(FaultKind.EXPIRED));
    }
  }

  @Test
  void whoever_waits_for_a_reply_only_is_released_when_the_fault_goes_to_fault_to()
      throws Exception {
    try (var house = House.of(folder, slow("check"))) {
      var caller = house.send(message(house, "check", null, FAULTS));
      assertThat(caller).isNotDone();
      house.after(Duration.ofHours(1)).collectExpired();
      assertThat(caller).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(only(house).endpoint()).isEqualTo("http://faults.test/");
    }
  }

  @Test
  void a_one_way_message_that_was_collected_is_told_of_at_fault_to() throws Exception {
    try (var house = House.of(folder, slow("ring"))) {
      house.send(message(house, "ring", null, FAULTS));
      house.after(Duration.ofHours(1)).collectExpired();
      assertThat(only(house).endpoint()).isEqualTo("http://faults.test/");
    }
  }

  @Test
  void the_fault_of_a_message_that_was_discarded_goes_to_fault_to() throws Exception {
    try (var house = House.of(folder, slow("check", "parley:onUnknown=\"discard\""))) {
      var request = message(house, "check", null, FAULTS);
      assertThat(house.send(request)).isCompletedWithValue(Answer.ACCEPTED);
      assertThat(house.state(request)).isEqualTo(MessageState.DISCARDED);
      assertThat(only(house).endpoint()).isEqualTo("http://faults.test/");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"note", "look", "hand", "remind"})
  void an_early_message_that_need_not_be_answered_stays_when_its_sender_gives_up(String operation)
      throws Exception {
    try (var house = House.of(folder, slow(operation))) {
      house.send("place", "7");
      var early = message(house, operation, null, null);
      assertThat(house.send(early)).isNotDone();
      house.turn(new TurnInput.Abandoned(early.id()));
      assertThat(house.state(early)).isEqualTo(MessageState.WAITING);
      assertThat(house.row(early).exchange()).isEqualTo(ExchangeState.ABANDONED);
      hourLater(house);
      assertThat(house.state(early)).isEqualTo(MessageState.CONSUMED);
      assertThat(house.waiting(early)).containsExactly("z");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "offer"})
  void an_early_message_that_must_be_answered_is_removed_when_its_sender_gives_up(String operation)
      throws Exception {
    try (var house = House.of(folder, slow(operation))) {
      house.send("place", "7");
      var early = message(house, operation, null, null);
      house.send(early);
      house.turn(new TurnInput.Abandoned(early.id()));
      assertThat(house.state(early)).isEqualTo(MessageState.COLLECTED);
      hourLater(house);
      assertThat(house.waitingIn("sell")).containsExactly("t");
    }
  }

  @Test
  void an_early_message_that_is_answered_elsewhere_outlives_a_restart() throws Exception {
    try (var house = House.of(folder, slow("check"))) {
      house.send("place", "7");
      var early = message(house, "check", REPLIES, null);
      house.send(early);
      hourLater(house.restart());
      assertThat(house.state(early)).isEqualTo(MessageState.CONSUMED);
    }
  }

  @Test
  void an_early_robust_message_holds_its_sender_until_it_is_taken() throws Exception {
    try (var house = House.of(folder, slow("note"))) {
      house.send("place", "7");
      var sender = house.send(message(house, "note", null, null));
      assertThat(sender).isNotDone();
      hourLater(house);
      assertThat(sender).isCompletedWithValue(Answer.ACCEPTED);
    }
  }

  @Test
  void a_fault_after_the_sender_gave_up_goes_to_fault_to_or_is_recorded() throws Exception {
    var process = later("note", faults("r", "note"), "parley:acceptAfter=\"z\"");
    try (var house = House.of(folder, process)) {
      var note = message(house, "note", null, FAULTS);
      house.send(note);
      house.turn(new TurnInput.Abandoned(note.id()));
      hourLater(house);
      assertThat(only(house).endpoint()).isEqualTo("http://faults.test/");
      assertThat(house.row(note).exchange()).isEqualTo(ExchangeState.ANSWERED);
    }
    try (var house = House.of(folder.resolve("2"), process)) {
      var note = message(house, "note", null, null);
      house.send(note);
      house.turn(new TurnInput.Abandoned(note.id()));
      hourLater(house);
      assertThat(house.outbound()).isEmpty();
      assertThat(house.row(note).exchange()).isEqualTo(ExchangeState.ABANDONED);
      assertThat(house.row(note).answer()).isEqualTo(new Answer.Faulted(fault("note")));
    }
  }

  @Test
  void an_answer_that_cannot_be_delivered_leaves_an_incident_and_the_instance_alone()
      throws Exception {
    try (var house = House.of(folder, atOnce("check", answers("r", "check")))) {
      var request = message(house, "check", REPLIES, null);
      house.send(request);
      var row = only(house);
      long before = house.count("openIncidents");
      house.turn(new TurnInput.Sent(row.id(), new TurnInput.SendOutcome.Failed(false, "no route")));
      assertThat(house.outbox(row.id()).state()).isEqualTo(OutboxState.FAILED);
      assertThat(house.count("openIncidents")).isEqualTo(before + 1);
      assertThat(house.waiting(request)).containsExactly("z");
    }
  }

  @Test
  void an_answer_that_was_delivered_is_the_end_of_it() throws Exception {
    try (var house = House.of(folder, atOnce("check", answers("r", "check")))) {
      house.send(message(house, "check", REPLIES, null));
      var row = only(house);
      house.turn(new TurnInput.Sent(row.id(), new TurnInput.SendOutcome.Delivered()));
      assertThat(house.outbox(row.id()).state()).isEqualTo(OutboxState.DELIVERED);
      assertThat(house.count("openIncidents")).isZero();
    }
  }
}
