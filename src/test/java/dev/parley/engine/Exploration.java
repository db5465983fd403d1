package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.Interaction.Receive;
import dev.parley.deployment.Trigger;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.expression.Value;
import dev.parley.message.Body;
import dev.parley.message.Headers;
import dev.parley.message.InstanceId;
import dev.parley.message.MediaType;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Every state that an instance comes to by any order of inputs, in the real engine, up to so many.
 * Data is whatever it may be: it is changed between two steps.
 */
final class Exploration {
  private static final Engine ENGINE = new Engine();
  private static final InstanceId ID = new InstanceId(77);
  private static final int DATA_TRIED = 2;
  private static final Instant LATE = Instant.parse("2040-01-01T12:00:00Z");

  /** A state, and where it leads. */
  static final class State {
    final ProcessInstance instance;
    final Set<State> next = new LinkedHashSet<>();
    final Set<MessageName> enabled = new LinkedHashSet<>();

    /** What is enabled here or in a state that follows. */
    final Set<MessageName> ever = new LinkedHashSet<>();

    State(ProcessInstance instance) {
      this.instance = instance;
    }
  }

  private final ExecutableProcess process;
  private final Random random;
  private final int most;
  private final AtomicLong ids = new AtomicLong(1000);
  private final Map<String, State> states = new LinkedHashMap<>();
  private final ArrayDeque<State> open = new ArrayDeque<>();
  private boolean complete = true;

  private Exploration(ExecutableProcess process, long seed, int most) {
    this.process = process;
    this.random = new Random(seed);
    this.most = most;
  }

  static Exploration of(ExecutableProcess process, long seed, int most) {
    var exploration = new Exploration(process, seed, most);
    exploration.explore();
    return exploration;
  }

  List<State> states() {
    return List.copyOf(states.values());
  }

  /** Whether no state was left out. */
  boolean isComplete() {
    return complete;
  }

  Set<MessageName> messages() {
    return process.nodes().stream()
        .flatMap(n -> n.element().receive().stream())
        .map(Receive::message)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private void explore() {
    for (int i = 0; i < DATA_TRIED; i++) {
      var begun = new Input.Begun(start(), new TreeMap<>(), null);
      come(step(Engine.unborn(ID, 1), begun));
    }
    while (!open.isEmpty()) {
      var state = open.remove();
      for (var input : inputs(state.instance)) {
        for (int i = 0; i < DATA_TRIED; i++) {
          var next = come(step(withOtherData(state.instance), input));
          if (next != null) {
            state.next.add(next);
          }
        }
      }
    }
    lookBack();
  }

  private int start() {
    return process.nodes().stream()
        .filter(n -> n.id().equals("start"))
        .map(Node::index)
        .findFirst()
        .orElseThrow();
  }

  private ProcessInstance step(ProcessInstance instance, Input input) {
    return ENGINE.step(process, instance, input, new Moment(LATE, ids::incrementAndGet)).instance();
  }

  private @Nullable State come(ProcessInstance instance) {
    var form = form(instance);
    var known = states.get(form);
    if (known != null) {
      return known;
    }
    if (states.size() >= most) {
      complete = false;
      return null;
    }
    var state = new State(instance);
    instance
        .catches()
        .forEach(
            c ->
                process
                    .node(c.node())
                    .element()
                    .receive()
                    .ifPresent(r -> state.enabled.add(r.message())));
    state.ever.addAll(state.enabled);
    states.put(form, state);
    open.add(state);
    return state;
  }

  private void lookBack() {
    boolean changed = true;
    while (changed) {
      changed = false;
      for (var state : states.values()) {
        for (var next : state.next) {
          changed |= state.ever.addAll(next.ever);
        }
      }
    }
  }

  private List<Input> inputs(ProcessInstance instance) {
    var inputs = new ArrayList<Input>();
    for (var caught : instance.catches()) {
      var element = process.node(caught.node()).element();
      element
          .receive()
          .ifPresent(r -> inputs.add(new Input.Received(caught.id(), message(r), KeySet.NONE)));
      if (element.trigger() instanceof Trigger.Signal) {
        inputs.add(new Input.Signalled(caught.id(), Body.EMPTY));
      }
    }
    instance.timers().forEach(t -> inputs.add(new Input.TimerDue(t.id())));
    for (var token : instance.tokens()) {
      if (token.waiting() instanceof Waiting.ForDelivery(var sent)) {
        inputs.add(new Input.Delivered(sent));
        inputs.add(new Input.Undeliverable(sent, false, "no route"));
        inputs.add(new Input.Undeliverable(sent, true, "no answer"));
      }
    }
    return inputs;
  }

  private Message message(Receive receive) {
    return new Message(
        new MessageId(ids.incrementAndGet()),
        process.key(),
        receive.message().operation(),
        receive.message().kind(),
        Body.of(MediaType.TEXT, String.valueOf(random.nextInt(10))),
        Headers.NONE,
        "");
  }

  /** Numbers become any other ones; lists and what is unset stay. */
  private ProcessInstance withOtherData(ProcessInstance from) {
    return new ProcessInstance(
        from.id(),
        from.definition(),
        from.version(),
        from.status(),
        from.counter(),
        from.scopes().stream().map(this::withOtherData).toList(),
        from.tokens(),
        from.timers(),
        from.listeners(),
        from.exchanges(),
        from.requests(),
        from.caller(),
        from.suspension());
  }

  private Scope withOtherData(Scope scope) {
    var items = new HashMap<>(scope.items());
    process.items().stream()
        .filter(i -> i.scope() == scope.definition() && i.name().matches("v.*|c_.*"))
        .forEach(i -> items.put(i.index(), Value.integer(random.nextInt(10))));
    return new Scope(
        scope.id(),
        scope.definition(),
        scope.parent(),
        scope.owner(),
        scope.round(),
        scope.state(),
        scope.keys(),
        items,
        scope.partners());
  }

  /** Where tokens stand and what is armed, whatever its numbers are. */
  private static String form(ProcessInstance instance) {
    var names = new HashMap<Integer, String>();
    var form = new StringBuilder(instance.status().name());
    for (var scope : instance.scopes()) {
      names.put(scope.id(), "s" + names.size());
    }
    for (var token : instance.tokens()) {
      names.put(token.id(), "t" + names.size());
    }
    for (var scope : instance.scopes()) {
      var around = names.getOrDefault(scope.parent(), "");
      var owner = names.getOrDefault(scope.owner(), "");
      form.append("; ").append(scope.definition()).append(scope.state()).append(around);
      form.append(owner);
    }
    for (var token : instance.tokens()) {
      form.append("; ").append(token.node()).append(names.get(token.scope()));
      form.append(form(token.waiting()));
    }
    instance
        .timers()
        .forEach(
            t -> form.append("; ").append(t.node()).append(names.get(t.owner())).append(t.left()));
    instance
        .listeners()
        .forEach(l -> form.append("; ").append(l.node()).append(names.get(l.owner())));
    return form.toString();
  }

  private static String form(Waiting waiting) {
    return waiting instanceof Waiting.ForBranches || waiting instanceof Waiting.ForRounds
        ? waiting.toString()
        : waiting.getClass().getSimpleName();
  }
}
