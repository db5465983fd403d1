package dev.parley.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.ProcessInstance.Catch;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.expression.Value;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An instance that is played step by step. Every step is taken twice and must give equal bytes, is
 * written and read again, and is replayed from its history together with all steps before it.
 */
final class Played {
  static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
  private static final InstanceId ID = new InstanceId(77);
  private static final Engine ENGINE = new Engine();

  private final ExecutableProcess process;
  private final List<Turn> turns = new ArrayList<>();
  private final Map<MessageId, Message> messages = new HashMap<>();
  private Instant now = NOON;
  private long lastId = 1000;
  private ProcessInstance instance = Engine.unborn(ID, 3);
  private Step last = new Step(instance, List.of(), List.of());

  private Played(ExecutableProcess process) {
    this.process = process;
  }

  /** Started by a message. */
  static Played by(Message message, ExecutableProcess process) {
    var played = new Played(process);
    int node = process.startFor(message.operation(), message.kind()).orElseThrow().index();
    played.messages.put(message.id(), message);
    return played.step(new Input.Started(node, message, played.keys(message)));
  }

  /** Started at the none start event {@code start}. */
  static Played begun(ExecutableProcess process) {
    var played = new Played(process);
    return played.step(new Input.Begun(played.node("start"), new TreeMap<>(), null));
  }

  /** The same, by another instance that waits for it. */
  static Played called(ExecutableProcess process, InstanceId caller, Map<String, Value> data) {
    var played = new Played(process);
    return played.step(new Input.Begun(played.node("start"), new TreeMap<>(data), caller));
  }

  Played step(Input input) {
    var step = move(input);
    assertThat(move(input)).as("the same step twice").isEqualTo(step);
    var bytes = InstanceCodec.encode(step.instance());
    assertThat(InstanceCodec.encode(move(input).instance())).isEqualTo(bytes);
    assertThat(InstanceCodec.decode(ID, bytes, step.instance().ownItems(), this::body))
        .isEqualTo(step.instance());
    var turn = Turn.of(input, step, now);
    assertThat(TurnCodec.decode(TurnCodec.encode(turn))).isEqualTo(turn);
    turns.add(turn);
    lastId += turn.ids().size();
    last = step;
    instance = step.instance();
    var replayed =
        new Replay(process, id -> Objects.requireNonNull(messages.get(id))).replay(ID, 3, turns);
    assertThat(replayed).as("replay of %d turns", turns.size()).isEqualTo(instance);
    return this;
  }

  private Body body(MessageId id) {
    return Objects.requireNonNull(messages.get(id)).body();
  }

  private Step move(Input input) {
    var ids = new AtomicLong(lastId);
    return ENGINE.step(process, instance, input, new Moment(now, ids::incrementAndGet));
  }

  /** The token that waits for this message takes it. */
  Played take(Message message) {
    var caught =
        instance.catches().stream()
            .filter(c -> isFor(c, message))
            .min(Comparator.comparing(c -> !keys(message).belongsTo(instance.keys(c.scope()))))
            .orElseThrow(() -> new AssertionError("No receive for it at " + waiting()));
    knows(message);
    return step(new Input.Received(caught.id(), message, keys(message)));
  }

  /** The message can be looked up when the history is replayed. */
  void knows(Message message) {
    messages.put(message.id(), message);
  }

  private boolean isFor(Catch caught, Message message) {
    return process
        .node(caught.node())
        .element()
        .receive()
        .filter(r -> r.message().operation().equals(message.operation()))
        .isPresent();
  }

  Played after(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  /** The timer of a catch or boundary event fires. */
  Played fire(String event) {
    int timer =
        instance.timers().stream()
            .filter(t -> t.node() == node(event))
            .findFirst()
            .orElseThrow(() -> new AssertionError("No timer of " + event))
            .id();
    return step(new Input.TimerDue(timer));
  }

  Played answered(Body body) {
    return step(new Input.Answered(awaited(), body));
  }

  Played faulted(Fault fault) {
    return step(new Input.Faulted(awaited(), fault));
  }

  Played undeliverable(boolean timeout) {
    return step(new Input.Undeliverable(awaited(), timeout, "no route"));
  }

  Played delivered() {
    return step(new Input.Delivered(awaited()));
  }

  /** The message that a token waits for. */
  MessageId awaited() {
    return instance.tokens().stream()
        .map(Engine::awaited)
        .filter(id -> !id.equals(Engine.NONE))
        .findFirst()
        .orElseThrow(() -> new AssertionError("Nothing awaited at " + waiting()));
  }

  KeySet keys(Message message) {
    return process
        .extraction(message.operation(), message.kind())
        .map(e -> KeySet.of(e.extract(message.body())))
        .orElse(KeySet.NONE);
  }

  /** Ids of the nodes where tokens wait. */
  List<String> waiting() {
    return instance.tokens().stream().map(t -> process.node(t.node()).id()).toList();
  }

  /** Ids of the events whose timers run. */
  List<String> timers() {
    return instance.timers().stream().map(t -> process.node(t.node()).id()).toList();
  }

  /** Ids of the nodes that the last step came to. */
  List<String> path() {
    return last.path().stream().map(i -> process.node(i).id()).toList();
  }

  List<Effect> effects() {
    return last.effects();
  }

  /** Ids of the nodes that the last step sent from. */
  List<String> sent() {
    return sent(last).stream().map(s -> process.node(s.node()).id()).toList();
  }

  private static List<Effect.Send> sent(Step step) {
    return step.effects().stream()
        .filter(Effect.Send.class::isInstance)
        .map(Effect.Send.class::cast)
        .toList();
  }

  /** What the last step sent, with where it goes. */
  List<Effect.Send> sends() {
    return sent(last);
  }

  /** What the last step answered, by request. */
  Map<Long, Answer> answered() {
    var answers = new TreeMap<Long, Answer>();
    for (var effect : last.effects()) {
      if (effect instanceof Effect.Reply(var request, var answer)) {
        answers.put(request.value(), answer);
      }
    }
    return answers;
  }

  List<Answer> answers() {
    return last.effects().stream()
        .filter(Effect.Reply.class::isInstance)
        .map(e -> ((Effect.Reply) e).answer())
        .toList();
  }

  /** Kinds of the incidents that the last step raised. */
  List<String> incidents() {
    return last.effects().stream()
        .filter(Effect.Incident.class::isInstance)
        .map(e -> ((Effect.Incident) e).kind())
        .toList();
  }

  /** The text of a data item; empty while it is unset. */
  String item(String name) {
    var item = process.items().stream().filter(i -> i.name().equals(name)).findFirst();
    var value = instance.scopes().getFirst().items().get(item.orElseThrow().index());
    return value == null ? "" : value.asText();
  }

  Status status() {
    return instance.status();
  }

  ProcessInstance instance() {
    return instance;
  }

  List<Turn> turns() {
    return List.copyOf(turns);
  }

  int node(String id) {
    return process.nodes().stream()
        .filter(n -> n.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No node " + id))
        .index();
  }
}
