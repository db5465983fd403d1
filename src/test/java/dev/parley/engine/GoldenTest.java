package dev.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.Interaction.ExchangeName;
import dev.parley.engine.ProcessInstance.ArmedTimer;
import dev.parley.engine.ProcessInstance.Listener;
import dev.parley.engine.ProcessInstance.OpenExchange;
import dev.parley.engine.ProcessInstance.OpenRequest;
import dev.parley.engine.ProcessInstance.PartnerLink;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.engine.ProcessInstance.Suspension;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.engine.Turn.RecordedInput;
import dev.parley.expression.Value;
import dev.parley.message.Blob;
import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.model.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes that a release has written stay readable. A new form gets new files; {@code -Dgolden=write}
 * writes those that are missing, and never changes one that is there.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GoldenTest {
  private static final Path FILES = Path.of("src/test/resources/dev/parley/engine/golden");
  private static final InstanceId ID = new InstanceId(77);
  private static final List<Body> BLOCKS = List.of(Body.of("<block/>"));
  private static final EndpointReference BANK = new EndpointReference("http://bank", BLOCKS);
  private static final Instant NOON = Instant.parse("2030-01-01T12:00:00.123Z");

  private static ProcessInstance instance() {
    return new ProcessInstance(
        ID,
        3,
        200,
        Status.LIVE,
        9,
        List.of(
            new Scope(
                ProcessInstance.ROOT,
                0,
                -1,
                0,
                0,
                Scope.State.INTERRUPTED,
                KeySet.of(Map.of(0, List.of("7", "Ä"), 2, List.of(""))),
                Map.of(3, Value.received(Body.of("<question/>"), 12)),
                Map.of("bank", new PartnerLink(BANK, true))),
            new Scope(10, 4, 0, 8, 2, Scope.State.ENDED, KeySet.NONE, Map.of(), Map.of())),
        List.of(
            new Token(1, 0, 2, new Waiting.ForMessage()),
            new Token(3, 0, 4, new Waiting.ForEvents()),
            new Token(5, 10, 6, new Waiting.ForAnswer(new MessageId(1L << 60))),
            new Token(7, 0, 8, new Waiting.ForDelivery(new MessageId(300))),
            new Token(8, 0, 9, new Waiting.ForBranches(11)),
            new Token(11, 0, 12, new Waiting.ForScope()),
            new Token(12, 0, 13, new Waiting.ForRounds(-1, 300, 2)),
            new Token(15, 0, 16, new Waiting.ForCompletion(NOON, data())),
            new Token(17, 0, 18, new Waiting.ForCall(new InstanceId(78)))),
        List.of(
            new ArmedTimer(4, 3, 4, NOON, 0),
            new ArmedTimer(6, 5, 7, Instant.EPOCH.minusMillis(1), -1)),
        List.of(new Listener(13, 0, 14, true), new Listener(14, 3, 15, false)),
        List.of(
            new OpenExchange(
                new MessageId(12),
                Shop.operation("ask"),
                new ExchangeName("second", "buyer"),
                0,
                7)),
        List.of(
            request(14, null),
            request(15, new Input.Answered(new MessageId(15), Body.of("<answer/>"), BLOCKS))),
        new InstanceId(76),
        new Suspension(List.of(new Input.Delivered(new MessageId(16)))));
  }

  private static OpenRequest request(long sent, Input.@Nullable Outcome outcome) {
    var name = new ExchangeName("", "bank");
    return new OpenRequest(new MessageId(sent), Shop.operation("charge"), name, 10, outcome);
  }

  private static SortedMap<String, Value> data() {
    return new TreeMap<>(
        Map.of("amount", Value.integer(7), "order", Value.xml(Body.of("<order/>"))));
  }

  @Test
  void an_instance_is_read_from_format_5() throws IOException {
    var golden = golden("instance-5", InstanceCodec.encode(instance()));
    assertThat(InstanceCodec.decode(ID, golden, Map.of(), _ -> Body.of("<question/>")))
        .isEqualTo(instance());
    assertThat(InstanceCodec.encode(instance())).isEqualTo(golden);
  }

  static Map<String, RecordedInput> inputs() {
    var sent = new MessageId(300);
    var body = Body.of("<a/>");
    var called = new InstanceId(78);
    var error = new Fault.Declared(Shop.NO_FUNDS, body, "no");
    var inputs = new HashMap<String, RecordedInput>();
    Map.of(
            "begun",
            new Input.Begun(2, data(), new InstanceId(76)),
            "begun-by-nobody",
            new Input.Begun(2, new TreeMap<>(), null),
            "completed",
            new Input.Completed(4, data()),
            "answered-with-blocks",
            new Input.Answered(new MessageId(12), Body.of("<a/>"), BLOCKS),
            "returned",
            new Input.Returned(called, data()),
            "call-failed",
            new Input.CallFailed(called, error),
            "call-escalated",
            new Input.CallEscalated(called, "slow", body),
            "call-refused",
            new Input.CallRefused(called, true, "no"),
            "call-endless",
            new Input.CallEndless(called),
            "cancelled",
            new Input.Cancelled())
        .forEach((name, input) -> inputs.put(name, new RecordedInput.Other(input)));
    inputs.putAll(sent(sent, body));
    return inputs;
  }

  private static Map<String, RecordedInput> sent(MessageId sent, Body body) {
    return Map.of(
        "started", new RecordedInput.Started(2, new MessageId(5)),
        "received", new RecordedInput.Received(3, new MessageId(6)),
        "timer", new RecordedInput.Other(new Input.TimerDue(4)),
        "signalled", new RecordedInput.Other(new Input.Signalled(4, body)),
        "delivered", new RecordedInput.Other(new Input.Delivered(sent)),
        "answered", new RecordedInput.Other(new Input.Answered(sent, body)),
        "declared",
            new RecordedInput.Other(
                new Input.Faulted(sent, new Fault.Declared(Shop.NO_FUNDS, body, "no"))),
        "gateway",
            new RecordedInput.Other(
                new Input.Faulted(sent, Fault.of(FaultKind.TOO_LATE, "late", "go"))),
        "undeclared",
            new RecordedInput.Other(
                new Input.Faulted(sent, new Fault.Undeclared(new QName("x"), "y", Body.EMPTY))),
        "undeliverable", new RecordedInput.Other(new Input.Undeliverable(sent, true, "no route")));
  }

  static List<String> names() {
    return inputs().keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_turn_is_read_from_format_1(String name) throws IOException {
    var input = inputs().getOrDefault(name, new RecordedInput.Started(0, new MessageId(0)));
    var turn =
        new Turn(
            input, NOON, List.of(1, 2, 300), List.of(new MessageId(8)), List.of(new MessageId(5)));
    var golden = golden("turn-1-" + name, TurnCodec.encode(turn));
    assertThat(TurnCodec.decode(golden)).isEqualTo(turn);
    assertThat(TurnCodec.encode(turn)).isEqualTo(golden);
  }

  @Test
  void a_format_of_a_newer_release_is_refused() {
    var newer = Blob.of(new byte[] {9});
    assertThatIllegalStateException()
        .isThrownBy(() -> InstanceCodec.decode(ID, newer, Map.of(), _ -> Body.EMPTY))
        .withMessageContaining("another release");
    assertThatIllegalStateException()
        .isThrownBy(() -> TurnCodec.decode(newer))
        .withMessageContaining("newer release");
  }

  private static Blob golden(String name, Blob written) throws IOException {
    var file = FILES.resolve(name + ".hex");
    if (!Files.exists(file) && "write".equals(System.getProperty("golden"))) {
      Files.createDirectories(FILES);
      Files.writeString(file, HexFormat.of().formatHex(written.bytes()) + "\n");
    }
    return Blob.of(HexFormat.of().parseHex(Files.readString(file).strip()));
  }
}
