package dev.parley.engine;

import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ExecutableProcess.Node;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.expression.EvaluationException;
import dev.parley.expression.Expression;
import dev.parley.expression.Value;
import dev.parley.message.MessageId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One step under way: the instance as it changes, and the tokens that still move. Lives on one
 * thread, for one step.
 */
final class Execution {
  /** More moves in one step than this are a loop that never waits. */
  static final int MOST_MOVES = 10_000;

  private static final int MOVES_OF_AN_INSTANCE = 100;

  /** A token that comes to a node; inside: to the activity itself, in one of its rounds. */
  private record Arrival(Place place, int flow, boolean inside) {}

  private final ProcessInstance before;
  private final ExecutableProcess process;
  private final Moment moment;
  private final State state;
  private final List<Effect> effects = new ArrayList<>();
  private final List<Integer> path = new ArrayList<>();
  private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
  private Status status;
  private int mostMoves = MOST_MOVES;

  Execution(ExecutableProcess process, ProcessInstance before, Moment moment) {
    this.before = before;
    this.process = process;
    this.moment = moment;
    this.state = new State(before);
    this.status = before.status();
  }

  /** Moves tokens until each one waits or has ended. */
  void run() {
    while (status == Status.LIVE) {
      var arrival = arrivals.poll();
      if (arrival != null) {
        move(arrival);
      } else if (!Settling.settle(this)) {
        return;
      }
    }
  }

  private void move(Arrival arrival) {
    var place = arrival.place();
    path.add(place.node().index());
    Exchanges.reached(this, place);
    try {
      if (path.size() > mostMoves) {
        tooLong(place);
      } else if (place.node().loop() != null && !arrival.inside()) {
        Loops.begin(this, place, place.node().loop());
      } else {
        enter(place, arrival.flow());
      }
    } catch (BpmnError error) {
      Failing.raise(this, place, error);
    }
  }

  /** Nobody may catch this: the loop could go through the boundary event. */
  private void tooLong(Place place) {
    String reason = "The process made %d moves without waiting once".formatted(mostMoves);
    Failing.uncaught(this, place.node(), new BpmnError(BpmnError.ENDLESS_LOOP, reason));
  }

  private void enter(Place place, int flow) {
    switch (place.node().element()) {
      case Element.StartEvent _, Element.BoundaryEvent _, Element.Task _ -> leave(place);
      case Element.IntermediateCatchEvent(var trigger, boolean _) ->
          Events.await(this, place, trigger);
      case Element.IntermediateThrowEvent(var result) -> Events.bringAbout(this, place, result);
      case Element.EndEvent(var result) -> Events.bringAbout(this, place, result);
      case Element.ReceiveTask _ -> await(place, Waiting.ForMessage::new);
      case Element.SendTask(var interaction) -> Sending.perform(this, place, interaction);
      case Element.ServiceTask(var invoke) -> Sending.invoke(this, place, invoke);
      case Element.ScriptTask script -> Activities.compute(this, place, script);
      case Element.UserTask task -> Activities.await(this, place, task);
      case Element.CallActivity call -> Activities.call(this, place, call);
      case Element.SubProcess sub -> SubProcesses.enter(this, place, sub);
      case Element.ExclusiveGateway _ -> Gateways.choose(this, place);
      case Element.InclusiveGateway _ -> Gateways.join(this, place, flow);
      case Element.ParallelGateway _ -> Gateways.synchronize(this, place, flow);
      case Element.EventBasedGateway _ -> Events.awaitOne(this, place);
    }
  }

  /**
   * A token goes out by every outgoing flow that it may take; without one it ends here. In a round
   * of a loop it ends the round.
   */
  void leave(Place place) {
    if (!state.isRound(place)) {
      Gateways.leave(this, place);
    }
  }

  void take(Place from, int flow) {
    goTo(from.at(process.node(process.flows().get(flow).target())), flow);
  }

  void goTo(Place place, int flow) {
    arrivals.add(new Arrival(place, flow, false));
  }

  /** A token does the activity itself, in a scope that is one of its rounds. */
  void goInside(Place round) {
    arrivals.add(new Arrival(round, -1, true));
  }

  /** Tokens that were to move in a scope that is gone move no more. */
  void forgetArrivals() {
    arrivals.removeIf(a -> !state.hasScope(a.place().scope()));
  }

  void forgetArrivals(int scope) {
    arrivals.removeIf(a -> a.place().scope() == scope);
  }

  /**
   * A new token waits at a node, and what its boundary events wait for begins; returns its number.
   *
   * @param what it waits for; asked for when nothing can fail any more
   */
  int await(Place place, Supplier<Waiting> what) {
    int id = state.nextNumber();
    boolean bounded = !state.isRound(place);
    var armed = bounded ? Arming.boundary(this, place, id) : Arming.NOTHING;
    state.put(new Token(id, place.scope(), place.node().index(), what.get()));
    armed.into(state);
    return id;
  }

  /** A token waits no longer and goes on. */
  void complete(Token token) {
    state.remove(token);
    var place = place(token);
    try {
      leave(place);
    } catch (BpmnError error) {
      Failing.raise(this, place, error);
    }
  }

  /** What fails when a token has begun to wait takes the token with it. */
  void orCancel(int token, Runnable begun) {
    try {
      begun.run();
    } catch (BpmnError error) {
      state.token(token).ifPresent(t -> Cancelling.cancel(this, t));
      throw error;
    }
  }

  /** So many instances of an activity begin, which may each move for a while. */
  void allowFor(int instances) {
    mostMoves += instances * MOVES_OF_AN_INSTANCE;
  }

  Place place(Token token) {
    return new Place(token.scope(), process.node(token.node()));
  }

  /** The instance ends: whoever still waits for an answer is told that none will come. */
  void end(Status how) {
    Ending.close(this, how);
    status = how;
    state.clear();
    arrivals.clear();
  }

  boolean isLive() {
    return status == Status.LIVE;
  }

  Value evaluate(Expression expression, int scope, @Nullable Value context) {
    return computed(() -> expression.evaluate(new DataScope(this, scope, context)));
  }

  boolean holds(@Nullable Expression condition, int scope) {
    return condition == null || computed(() -> evaluate(condition, scope, null).asBoolean());
  }

  /** What an expression or a value fails with is a BPMN error. */
  <T> T computed(Supplier<T> computation) {
    try {
      return computation.get();
    } catch (EvaluationException e) {
      throw new BpmnError(BpmnError.EXPRESSION_FAILED, String.valueOf(e.getMessage()));
    }
  }

  void emit(Effect effect) {
    effects.add(effect);
  }

  void trace(Node node) {
    path.add(node.index());
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

  State state() {
    return state;
  }

  Data data() {
    return new Data(this);
  }

  Step toStep() {
    return new Step(state.toInstance(before, status), effects, path);
  }
}
