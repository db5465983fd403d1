package dev.parley.engine;

import dev.parley.deployment.Bundles;
import dev.parley.deployment.Deployer;
import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.Settings;
import dev.parley.engine.ProcessInstance.Catch;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.engine.ReferenceInterpreter.Kind;
import dev.parley.engine.ReferenceInterpreter.Mistake;
import dev.parley.engine.ReferenceInterpreter.Wait;
import dev.parley.expression.Expressions;
import dev.parley.finding.RefusedException;
import dev.parley.message.Body;
import dev.parley.message.Headers;
import dev.parley.message.MediaType;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** One model and one path through it, in the engine and in the reference. */
final class RandomRun {
  private static final int MOST_INPUTS = 60;
  private static final int REPEATING_INPUTS = 12;
  private static final List<String> PARTS =
      List.of(
          "catches", "timers", "joins", "races", "deliveries", "data", "sent", "withdrawn", "path");
  private static final Deployer DEPLOYER = new Deployer(new Expressions(), Settings.DEFAULT);
  private static final Path FOLDER = folder();

  private final ExecutableProcess process;
  private final Random random;
  private final List<String> inputs;
  private final Played played;
  private final ReferenceInterpreter reference;
  private final Map<MessageId, String> senders = new HashMap<>();
  private Instant now = Played.NOON;

  private RandomRun(
      ExecutableProcess process,
      ReferenceInterpreter reference,
      Random random,
      List<String> inputs) {
    this.process = process;
    this.random = random;
    this.inputs = inputs;
    this.played = Played.begun(process);
    this.reference = reference;
  }

  /** What differs, with the inputs that led there; empty when nothing does. */
  static Optional<String> difference(
      RandomModel model, ExecutableProcess process, long path, Mistake mistake) {
    var inputs = new ArrayList<>(List.of("start"));
    try {
      var reference = new ReferenceInterpreter(model, mistake, Played.NOON);
      return new RandomRun(process, reference, new Random(path), inputs).play();
    } catch (AssertionError | RuntimeException e) {
      var stack = new StringWriter();
      e.printStackTrace(new PrintWriter(stack));
      return Optional.of("inputs:    %s%n%s".formatted(String.join(", ", inputs), stack));
    }
  }

  static ExecutableProcess compile(RandomModel model) throws RefusedException {
    try {
      Files.writeString(FOLDER.resolve("random.bpmn"), RandomModelXml.write(model));
      return DEPLOYER.compile(Bundles.read(FOLDER)).processes().getFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      var folder = Files.createTempDirectory("random");
      folder.toFile().deleteOnExit();
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<String> play() {
    var differs = difference();
    for (int i = 0; i < MOST_INPUTS && differs.isEmpty(); i++) {
      var possible = possible(i < REPEATING_INPUTS);
      if (possible.isEmpty()) {
        return Optional.empty();
      }
      var wait = possible.get(random.nextInt(possible.size()));
      var input = happen(wait);
      differs = difference();
      if (differs.isEmpty() && random.nextInt(8) == 0 && !reference.waits().contains(wait)) {
        inputs.add("the same again");
        played.step(input);
        reference.nothingHappens();
        differs = difference();
      }
    }
    return differs;
  }

  private Optional<String> difference() {
    var expected = expected();
    var found = found();
    return expected.equals(found)
        ? Optional.empty()
        : Optional.of(
            "inputs:    %s%nreference: %s%nengine:    %s%nincidents: %s"
                .formatted(String.join(", ", inputs), expected, found, played.incidents()));
  }

  /** Late in a path, nothing that may happen again and again: it is to come to its end. */
  private List<Wait> possible(boolean repeating) {
    return reference.waits().stream()
        .filter(w -> w.kind != Kind.BRANCHES && w.kind != Kind.RACE)
        .filter(w -> repeating || !w.repeats)
        .toList();
  }

  private Input happen(Wait wait) {
    int which = reference.waits().stream().filter(w -> same(w, wait)).toList().indexOf(wait);
    var later = now.plusSeconds(random.nextInt(100_000));
    var time = wait.kind == Kind.TIMER && wait.due().isAfter(later) ? wait.due() : later;
    int value = random.nextInt(10);
    played.after(Duration.between(now, time));
    now = time;
    inputs.add(wait.node + (takesValue(wait) ? "(" + value + ")" : ""));
    var input = input(wait, which, value);
    played.step(input);
    reference.happen(wait, value, now);
    return input;
  }

  private static boolean takesValue(Wait wait) {
    return wait.kind == Kind.MESSAGE || wait.kind == Kind.DELIVERY;
  }

  private Input input(Wait wait, int which, int value) {
    return switch (wait.kind) {
      case MESSAGE -> {
        var message = message(wait.node, value);
        played.knows(message);
        yield new Input.Received(catching(wait.node, which), message, played.keys(message));
      }
      case SIGNAL -> new Input.Signalled(catching(wait.node, which), Body.EMPTY);
      case TIMER -> new Input.TimerDue(timer(wait.node, which));
      case DELIVERY -> delivery(sent(wait.node, which), value);
      case BRANCHES, RACE -> throw new IllegalArgumentException(wait.node);
    };
  }

  private static boolean same(Wait one, Wait other) {
    return one.node.equals(other.node) && one.kind == other.kind;
  }

  private int catching(String node, int which) {
    return played.instance().catches().stream()
        .filter(c -> id(c.node()).equals(node))
        .map(Catch::id)
        .sorted()
        .toList()
        .get(which);
  }

  private int timer(String node, int which) {
    return played.instance().timers().stream()
        .filter(t -> id(t.node()).equals(node))
        .map(ProcessInstance.ArmedTimer::id)
        .sorted()
        .toList()
        .get(which);
  }

  private MessageId sent(String node, int which) {
    return played.instance().tokens().stream()
        .filter(t -> t.waiting() instanceof Waiting.ForDelivery && id(t.node()).equals(node))
        .sorted(Comparator.comparingInt(Token::id))
        .map(Engine::awaited)
        .toList()
        .get(which);
  }

  private static Input delivery(MessageId sent, int outcome) {
    return switch (outcome) {
      case ReferenceInterpreter.FAILED -> new Input.Undeliverable(sent, false, "no route");
      case ReferenceInterpreter.TIMED_OUT -> new Input.Undeliverable(sent, true, "no answer");
      default -> new Input.Delivered(sent);
    };
  }

  private Message message(String node, int value) {
    return new Message(
        new MessageId(500_000 + inputs.size()),
        process.key(),
        OperationName.ofMessage("m_" + node),
        MessageKind.INPUT,
        Body.of(MediaType.TEXT, String.valueOf(value)),
        Headers.NONE,
        "");
  }

  private String id(int node) {
    return process.node(node).id();
  }

  private String expected() {
    var waits = reference.waits();
    return state(
        reference.status(),
        List.of(
            of(waits.stream().filter(w -> w.kind == Kind.MESSAGE || w.kind == Kind.SIGNAL)),
            of(waits.stream().filter(w -> w.kind == Kind.TIMER)),
            of(waits.stream().filter(w -> w.kind == Kind.BRANCHES)),
            of(waits.stream().filter(w -> w.kind == Kind.RACE)),
            of(waits.stream().filter(w -> w.kind == Kind.DELIVERY)),
            reference.data(),
            reference.sent(),
            reference.withdrawn(),
            reference.path()));
  }

  private static List<String> of(Stream<Wait> waits) {
    return waits.map(Wait::toString).sorted().toList();
  }

  private String found() {
    var instance = played.instance();
    return state(
        instance.status().name(),
        List.of(
            instance.catches().stream().map(c -> id(c.node())).sorted().toList(),
            instance.timers().stream()
                .map(t -> "%s at %s".formatted(id(t.node()), t.dueAt()))
                .sorted()
                .toList(),
            waiting(t -> t.waiting() instanceof Waiting.ForBranches),
            waiting(
                t ->
                    t.waiting() instanceof Waiting.ForEvents
                        && process.node(t.node()).element() instanceof Element.EventBasedGateway),
            waiting(t -> t.waiting() instanceof Waiting.ForDelivery),
            instance.scopes().stream()
                .filter(s -> s.state() != Scope.State.ENDED)
                .flatMap(this::data)
                .sorted()
                .toList(),
            played.effects().stream().flatMap(this::sent).toList(),
            played.effects().stream().flatMap(this::withdrawn).sorted().toList(),
            played.path()));
  }

  private List<String> waiting(Predicate<Token> how) {
    return played.instance().tokens().stream().filter(how).map(t -> id(t.node())).sorted().toList();
  }

  private Stream<String> data(Scope scope) {
    return scope.items().entrySet().stream()
        .map(e -> process.items().get(e.getKey()).name() + "=" + list(e.getValue().asText()))
        .filter(d -> d.matches("[vw].*|[clr]_.*"))
        .filter(d -> !d.endsWith("=[]"));
  }

  private static List<String> list(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  private Stream<String> sent(Effect effect) {
    return switch (effect) {
      case Effect.Send send -> {
        senders.put(send.id(), id(send.node()));
        yield Stream.of(id(send.node()) + ": " + send.body());
      }
      case Effect.Signal(var name, var _) -> Stream.of("signal " + name);
      case Effect.Reply _, Effect.Withdraw _, Effect.Incident _, Effect.Call _, Effect.Tell _ ->
          Stream.of();
    };
  }

  private Stream<String> withdrawn(Effect effect) {
    return effect instanceof Effect.Withdraw(var id)
        ? Stream.of(senders.getOrDefault(id, "unknown"))
        : Stream.of();
  }

  private static String state(String status, List<List<String>> parts) {
    var text = new StringBuilder(status);
    for (int i = 0; i < parts.size(); i++) {
      if (!parts.get(i).isEmpty()) {
        text.append("; ").append(PARTS.get(i)).append(' ').append(parts.get(i));
      }
    }
    return text.toString();
  }
}
