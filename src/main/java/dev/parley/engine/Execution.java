package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.deployment.Interaction.Keep;
import dev.parley.engine.ProcessInstance.ArmedTimer;
import dev.parley.engine.ProcessInstance.OpenExchange;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.expression.EvaluationException;
import dev.parley.expression.Expression;
import dev.parley.expression.Value;
import dev.parley.message.Body;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One step under way: the instance as it changes, and the tokens that still move. Lives on one
 * thread, for one step.
 */
final class Execution {
  /** More moves in one step than this are a loop that never waits. */
  static final int MOST_MOVES = 10_000;

  private record Arrival(int node, int flow) {}

  private final ProcessInstance before;
  private final ExecutableProcess process;
  private final Moment moment;

  private final Map<Integer, Token> tokens = new LinkedHashMap<>();
  private final List<ArmedTimer> timers;
  private final List<OpenExchange> exchanges;
  private final Map<Integer, Value> items;
  private final List<Effect> effects = new ArrayList<>();
  private final List<Integer> path = new ArrayList<>();
  private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
  private KeySet keys;
  private int counter;
  private Status status;

  Execution(ExecutableProcess process, ProcessInstance before, Moment moment) {
    this.before = before;
    this.process = process;
    this.moment = moment;
    before.tokens().forEach(t -> tokens.put(t.id(), t));
    this.timers = new ArrayList<>(before.timers());
    this.exchanges = new ArrayList<>(before.exchanges());
    this.items = new TreeMap<>(before.items());
    this.keys = before.keys();
    this.counter = before.counter();
    this.status = before.status();
  }

  /** Moves tokens until each one waits or has ended. */
  void run() {
    while (status == Status.LIVE && !arrivals.isEmpty()) {
      var arrival = arrivals.remove();
      path.add(arrival.node());
      var node = process.node(arrival.node());
      try {
        if (path.size() > MOST_MOVES) {
          tooLong(node);
          return;
        }
        enter(node, arrival.flow());
      } catch (BpmnError error) {
        Failing.raise(this, node, error);
      }
    }
    if (status == Status.LIVE && tokens.isEmpty()) {
      end(Status.COMPLETED);
    }
  }

  /** Nobody may catch this: the loop could go through the boundary event. */
  private void tooLong(Node node) {
    String reason = "The process made %d moves without waiting once".formatted(MOST_MOVES);
    Failing.uncaught(this, node, new BpmnError(BpmnError.ENDLESS_LOOP, reason));
  }

  private void enter(Node node, int flow) {
    switch (node.element()) {
      case Element.StartEvent _, Element.BoundaryTimerEvent _, Element.BoundaryErrorEvent _ ->
          leave(node);
      case Element.ReceiveTask _, Element.MessageCatchEvent _ ->
          await(node, Waiting.ForMessage::new);
      case Element.SendTask(var interaction) -> Sending.perform(this, node, interaction);
      case Element.MessageThrowEvent(var interaction) -> Sending.perform(this, node, interaction);
      case Element.ServiceTask(var invoke) -> Sending.invoke(this, node, invoke);
      case Element.ScriptTask(var script, var results) -> {
        keepValue(evaluate(script, null), results);
        leave(node);
      }
      case Element.TimerCatchEvent(var timer) -> Timing.await(this, node, timer);
      case Element.ExclusiveGateway gateway -> Gateways.choose(this, node, gateway);
      case Element.ParallelGateway _ -> Gateways.synchronize(this, node, flow);
      case Element.EndEvent(var result) -> Ending.end(this, node, result);
    }
  }

  /** A token goes out by every outgoing flow; without one it ends here. */
  void leave(Node node) {
    node.outgoing().forEach(this::take);
  }

  void take(int flow) {
    arrivals.add(new Arrival(process.flows().get(flow).target(), flow));
  }

  /**
   * A new token waits at a node, and the timers on the node's boundary start; returns its number.
   *
   * @param what it waits for; asked for when nothing can fail any more
   */
  int await(Node node, Supplier<Waiting> what) {
    int id = nextNumber();
    var boundaryTimers = new ArrayList<ArmedTimer>();
    for (int boundary : node.boundary()) {
      if (process.node(boundary).element() instanceof Element.BoundaryTimerEvent event) {
        var due = Timing.dueAt(this, event.timer());
        boundaryTimers.add(new ArmedTimer(nextNumber(), id, boundary, due));
      }
    }
    tokens.put(id, new Token(id, node.index(), what.get()));
    timers.addAll(boundaryTimers);
    return id;
  }

  /** A token waits no longer and goes on. */
  void complete(Token token) {
    remove(token);
    leave(process.node(token.node()));
  }

  /** A token is gone, with its timers. */
  void remove(Token token) {
    tokens.remove(token.id());
    timers.removeIf(t -> t.token() == token.id());
  }

  void remove(ArmedTimer timer) {
    timers.remove(timer);
  }

  void arm(ArmedTimer timer) {
    timers.add(timer);
  }

  /** The instance ends: whoever still waits for an answer is told that none will come. */
  void end(Status how) {
    Ending.close(this);
    status = how;
    tokens.clear();
    timers.clear();
    arrivals.clear();
  }

  Value evaluate(Expression expression, @Nullable Value context) {
    return computed(() -> expression.evaluate(new DataScope(this, context)));
  }

  /** What an expression or a value fails with is a BPMN error. */
  <T> T computed(Supplier<T> computation) {
    try {
      return computation.get();
    } catch (EvaluationException e) {
      throw new BpmnError(BpmnError.EXPRESSION_FAILED, String.valueOf(e.getMessage()));
    }
  }

  /** A message that came in: what is kept whole is stored by its id. */
  void keep(Message message, List<Keep> keeps) {
    keepValue(Value.received(message.body(), message.id().value()), keeps);
  }

  void keep(Body message, List<Keep> keeps) {
    if (!keeps.isEmpty()) {
      keepValue(message.isEmpty() ? Value.EMPTY : Value.xml(message), keeps);
    }
  }

  void keepValue(Value value, List<Keep> keeps) {
    for (var keep : keeps) {
      var expression = keep.expression();
      items.put(keep.item(), expression == null ? value : evaluate(expression, value));
    }
  }

  /**
   * Sets keys that are not set; throws where one that is set has another value: a set key never
   * changes.
   */
  void correlate(KeySet more) {
    int contradiction = more.contradiction(keys);
    if (contradiction >= 0) {
      throw new BpmnError(
          BpmnError.CORRELATION_VIOLATION,
          "Expected correlation key '%s' to stay %s, but a message has %s"
              .formatted(
                  process.keys().get(contradiction).name(),
                  keys.values().get(contradiction),
                  more.values().get(contradiction)));
    }
    keys = keys.and(more);
  }

  void emit(Effect effect) {
    effects.add(effect);
  }

  void trace(Node node) {
    path.add(node.index());
  }

  int nextNumber() {
    return ++counter;
  }

  MessageId nextMessageId() {
    return new MessageId(moment.ids().getAsLong());
  }

  Moment moment() {
    return moment;
  }

  ExecutableProcess process() {
    return process;
  }

  ProcessInstance before() {
    return before;
  }

  Optional<Token> token(int id) {
    return Optional.ofNullable(tokens.get(id));
  }

  Collection<Token> tokens() {
    return tokens.values();
  }

  List<OpenExchange> exchanges() {
    return exchanges;
  }

  @Nullable Value item(int index) {
    return items.get(index);
  }

  Step toStep() {
    return new Step(
        new ProcessInstance(
            before.id(),
            before.definition(),
            before.version() + 1,
            status,
            counter,
            List.copyOf(tokens.values()),
            timers,
            keys,
            exchanges,
            items),
        effects,
        path);
  }
}
