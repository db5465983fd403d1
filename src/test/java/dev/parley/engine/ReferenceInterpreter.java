package dev.parley.engine;

import dev.parley.engine.RandomModel.Arm;
import dev.parley.engine.RandomModel.Block;
import dev.parley.engine.RandomModel.Boundary;
import dev.parley.engine.RandomModel.Branch;
import dev.parley.engine.RandomModel.Condition;
import dev.parley.engine.RandomModel.EventSub;
import dev.parley.engine.RandomModel.Loop;
import dev.parley.engine.RandomModel.Result;
import dev.parley.engine.RandomModel.Sequence;
import dev.parley.engine.RandomModel.Trigger;
import dev.parley.engine.RandomModel.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Plays the tree of a model by BPMN 2.0.2, clause 13, with nothing in mind but to be obviously
 * right: every token is a continuation, whatever is cancelled is no longer alive, and one queue of
 * moves is worked off first in, first out.
 */
final class ReferenceInterpreter {
  /** What a wait can be ended by; branches and races are shown, but nothing ends them directly. */
  enum Kind {
    MESSAGE,
    SIGNAL,
    TIMER,
    DELIVERY,
    BRANCHES,
    RACE
  }

  /** Values of a delivery that did not succeed. */
  static final int FAILED = 0;

  static final int TIMED_OUT = 1;

  /** Ways to be wrong: each must be noticed. */
  enum Mistake {
    NONE,
    PARALLEL_JOIN_DOES_NOT_WAIT,
    INCLUSIVE_JOIN_DOES_NOT_WAIT,
    BOUNDARY_DOES_NOT_CANCEL,
    BOUNDARY_ALWAYS_CANCELS,
    RACE_GOES_ON,
    DEFAULT_FLOW_ALWAYS_TAKEN,
    TERMINATE_ENDS_ITS_TOKEN_ONLY,
    ERROR_SKIPS_A_SCOPE,
    ESCALATION_STOPS_ITS_THROWER,
    EVENT_SUB_PROCESS_DOES_NOT_INTERRUPT,
    EVENT_SUB_PROCESS_STARTS_WHEN_ALL_ELSE_IS_DONE,
    TIMER_IS_RESTARTED,
    ONE_ROUND_LESS,
    COMPLETION_CONDITION_IGNORED,
    LAST_BRANCH_FIRST
  }

  /** Something alive until it, or what is around it, is over. */
  private static final class Life {
    private final @Nullable Life around;
    private boolean over;

    Life(@Nullable Life around) {
      this.around = around;
    }

    boolean isOver() {
      return over || (around != null && around.isOver());
    }
  }

  /** Data items by name, and those around them. */
  private record Data(@Nullable Data around, Map<String, List<Integer>> items) {
    List<Integer> get(String name) {
      var own = items.get(name);
      return own != null ? own : around == null ? List.of() : around.get(name);
    }

    int sum(String name) {
      return get(name).stream().mapToInt(Integer::intValue).sum();
    }

    /** Items are declared by being there, if only empty. */
    void set(String name, List<Integer> value) {
      if (around == null || items.containsKey(name)) {
        items.put(name, value);
      } else {
        around.set(name, value);
      }
    }
  }

  /** The process, what a sub-process holds, or one run of an event sub-process. */
  private static final class Scope {
    private final @Nullable Scope around;
    private final @Nullable Execution owner;
    private final Life life;
    private final Data data;
    private final List<EventSub> eventSubs;
    private final Runnable done;
    private final Map<String, List<Deque<Wait>>> joins = new HashMap<>();
    private Life tokensLife;
    private Life armedLife;
    private int number;
    private int tokens;
    private int handlers;

    Scope(
        @Nullable Scope around,
        @Nullable Execution owner,
        Life life,
        Data data,
        List<EventSub> eventSubs,
        Runnable done) {
      this.around = around;
      this.owner = owner;
      this.life = life;
      this.data = data;
      this.eventSubs = eventSubs;
      this.done = done;
      this.tokensLife = new Life(life);
      this.armedLife = new Life(tokensLife);
    }
  }

  /** An inclusive block that is under way, and the tokens that may still come to its join. */
  private static final class Region {
    private final At at;
    private final String join;
    private final Consumer<At> next;
    private int coming;

    Region(At at, String join, Consumer<At> next) {
      this.at = at;
      this.join = join;
      this.next = next;
    }
  }

  /** Where a token is. */
  private record At(Scope scope, Life life, @Nullable Region region, Data data) {
    At in(@Nullable Region other) {
      return new At(scope, life, other, data);
    }
  }

  /** An activity that is being done, all rounds of it. */
  private record Execution(Block.Activity activity, At at, Life life, Consumer<At> next) {}

  /** A scope or round that may have ended; numbered as they begin. */
  private record Ended(int number, Runnable settle) {}

  /** Something that is waited for. */
  static final class Wait {
    final String node;
    final Kind kind;
    final boolean repeats;
    private final Life life;
    private final IntConsumer go;
    private @Nullable Region region;
    private Instant due = Instant.MAX;
    private int left;
    private Duration interval = Duration.ZERO;

    Wait(String node, Kind kind, boolean repeats, Life life, IntConsumer go) {
      this.node = node;
      this.kind = kind;
      this.repeats = repeats;
      this.life = life;
      this.go = go;
    }

    Instant due() {
      return due;
    }

    @Override
    public String toString() {
      return kind == Kind.TIMER ? "%s at %s".formatted(node, due) : node;
    }
  }

  private final Mistake mistake;
  private final Deque<Runnable> moves = new ArrayDeque<>();

  /** What may have ended for want of tokens: what was begun last is looked at first. */
  private final Queue<Ended> ends =
      new PriorityQueue<>(Comparator.comparingInt(Ended::number).reversed());

  private final List<Wait> waits = new ArrayList<>();
  private final List<String> path = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();
  private final List<String> withdrawn = new ArrayList<>();
  private final List<Scope> scopes = new ArrayList<>();
  private final Scope process;
  private int numbers;
  private Instant now;
  private String status = "LIVE";

  ReferenceInterpreter(RandomModel model, Mistake mistake, Instant now) {
    this.mistake = mistake;
    this.now = now;
    var data = new Data(null, new TreeMap<>());
    this.process =
        new Scope(null, null, new Life(null), data, model.eventSubs(), () -> end("COMPLETED"));
    enter(process, "start", model.body());
    run();
  }

  /** What is waited for, in the order in which waiting began. */
  List<Wait> waits() {
    return waits.stream().filter(w -> !w.life.isOver()).toList();
  }

  /** It happens; the value is the message's. */
  void happen(Wait wait, int value, Instant time) {
    now = time;
    nothingHappens();
    if (wait.kind == Kind.TIMER && wait.left > 0) {
      wait.left--;
      var next = wait.due.plus(wait.interval);
      wait.due = next.isAfter(now) ? next : now.plus(wait.interval);
    } else if (wait.kind == Kind.TIMER || !wait.repeats) {
      waits.remove(wait);
    }
    if (wait.kind != Kind.DELIVERY) {
      path.add(wait.node);
    }
    wait.go.accept(value);
    run();
  }

  /** An input for what waits no longer. */
  void nothingHappens() {
    path.clear();
    sent.clear();
    withdrawn.clear();
  }

  String status() {
    return status;
  }

  List<String> path() {
    return path;
  }

  List<String> sent() {
    return sent;
  }

  /** Nodes whose messages nobody waits for any more. */
  List<String> withdrawn() {
    return withdrawn.stream().sorted().toList();
  }

  /** Data items of all scopes that live, as {@code name=value}. */
  List<String> data() {
    return Stream.concat(
            Stream.of(process), scopes.stream().filter(s -> s != process && !s.life.isOver()))
        .flatMap(s -> s.data.items().entrySet().stream())
        .filter(e -> !e.getValue().isEmpty())
        .map(e -> e.getKey() + "=" + e.getValue())
        .sorted()
        .toList();
  }

  private void run() {
    for (var next = next(); next.isPresent(); next = next()) {
      next.get().run();
    }
    for (var wait : List.copyOf(waits)) {
      if (wait.life.isOver()) {
        waits.remove(wait);
        if (wait.kind == Kind.DELIVERY) {
          withdrawn.add(wait.node);
        }
      }
    }
  }

  /** Tokens move first; then inclusive joins are looked at, then what may have ended. */
  private Optional<Runnable> next() {
    return Optional.ofNullable(moves.poll())
        .or(() -> waits.stream().flatMap(this::joined).findFirst())
        .or(() -> Optional.ofNullable(ends.poll()).map(Ended::settle));
  }

  private void visit(String node, At at, Runnable what) {
    moves.add(
        () -> {
          if (!at.life().isOver()) {
            path.add(node);
            what.run();
          }
        });
  }

  private void await(String node, Kind kind, Life life, IntConsumer go) {
    waits.add(new Wait(node, kind, false, life, go));
  }

  // Scopes

  private void enter(Scope scope, String start, Sequence body) {
    begin(scope);
    for (var sub : scope.eventSubs) {
      arm(
          sub.start(),
          sub.trigger(),
          scope.armedLife,
          !sub.interrupting(),
          scope.data,
          () -> start(scope, sub));
    }
    var at = new At(scope, scope.tokensLife, null, scope.data);
    visit(start, at, () -> play(body, at, ending(start, body)));
  }

  private void begin(Scope scope) {
    scopes.add(scope);
    scope.number = numbers++;
    scope.tokens = 1;
  }

  private void start(Scope scope, EventSub sub) {
    if (sub.interrupting() && mistake != Mistake.EVENT_SUB_PROCESS_DOES_NOT_INTERRUPT) {
      clear(scope);
    }
    scope.handlers++;
    var run =
        new Scope(
            scope,
            null,
            new Life(scope.tokensLife),
            new Data(scope.data, new TreeMap<>()),
            List.of(),
            () -> {
              scope.handlers--;
              ends.add(new Ended(scope.number, () -> settle(scope)));
            });
    begin(run);
    var at = new At(run, run.tokensLife, null, run.data);
    play(sub.body(), at, ending(sub.start(), sub.body()));
  }

  /** Nothing in it goes on, and nothing can begin. */
  private static void clear(Scope scope) {
    scope.armedLife.over = true;
    scope.tokensLife.over = true;
    scope.tokensLife = new Life(scope.life);
    scope.tokens = 0;
    scope.handlers = 0;
  }

  /** Where a gateway is the last node, an end event follows it. */
  private Consumer<At> ending(String start, Sequence body) {
    return body.endsAtGateway() ? to(start + "_end", this::end) : this::end;
  }

  /** A token ends. */
  private void end(At at) {
    at.scope().tokens--;
    leave(at.region());
    ends.add(new Ended(at.scope().number, () -> settle(at.scope())));
  }

  private void settle(Scope scope) {
    if (scope.tokens > 0 || scope.life.isOver()) {
      return;
    }
    // Clause 13.3.2: once completing, running handlers end and no new ones are created.
    if (mistake != Mistake.EVENT_SUB_PROCESS_STARTS_WHEN_ALL_ELSE_IS_DONE) {
      scope.armedLife.over = true;
    }
    if (scope.handlers == 0) {
      scope.life.over = true;
      scope.done.run();
    }
  }

  private void end(String how) {
    process.life.over = true;
    status = how;
  }

  // Flow

  private void play(Sequence sequence, At at, Consumer<At> next) {
    if (sequence.completes()) {
      play(sequence, 0, at, next);
    } else {
      leave(at.region());
      play(sequence, 0, at.in(null), next);
    }
  }

  private void play(Sequence sequence, int index, At at, Consumer<At> next) {
    if (index == sequence.blocks().size()) {
      next.accept(at);
    } else {
      play(sequence.blocks().get(index), at, a -> play(sequence, index + 1, a, next));
    }
  }

  private void play(Block block, At at, Consumer<At> next) {
    switch (block) {
      case Block.Activity activity ->
          visit(activity.id(), at, () -> begin(activity, at, merge(activity, next)));
      case Block.Fan(var activity, var branches) ->
          visit(activity.id(), at, () -> begin(activity, at, fan(activity, branches, next)));
      case Block.Choice choice -> visit(choice.id(), at, () -> choose(choice, at, next));
      case Block.Fork fork -> visit(fork.id(), at, () -> fork(fork, at, next));
      case Block.Race race -> visit(race.id(), at, () -> race(race, at, next));
      case Block.Repeat repeat -> visit(repeat.id(), at, () -> repeat(repeat, at, next));
      case Block.Catch(var id, var trigger) ->
          visit(id, at, () -> arm(id, trigger, at.life(), false, at.data(), () -> next.accept(at)));
      case Block.Throw(var id, var result) ->
          visit(
              id,
              at,
              () -> {
                bringAbout(id, result, at);
                goOn(result, at, next);
              });
      case Block.End(var id, var result) ->
          visit(
              id,
              at,
              () -> {
                bringAbout(id, result, at);
                goOn(result, at, this::end);
              });
    }
  }

  private void goOn(Result result, At at, Consumer<At> next) {
    boolean stopped =
        mistake == Mistake.ESCALATION_STOPS_ITS_THROWER && result instanceof Result.Escalation;
    if (!at.life().isOver()) {
      (stopped ? (Consumer<At>) this::end : next).accept(at);
    }
  }

  private Consumer<At> merge(Block.Activity activity, Consumer<At> next) {
    return activity.merges() ? to(activity.id() + "_merge", next) : next;
  }

  private Consumer<At> to(String node, Consumer<At> next) {
    return at -> visit(node, at, () -> next.accept(at));
  }

  private void repeat(Block.Repeat repeat, At at, Consumer<At> next) {
    play(
        repeat.content(),
        at,
        to(
            repeat.id() + "_count",
            a -> {
              int count = a.data().sum(repeat.counter()) + 1;
              a.scope().data.items().put(repeat.counter(), List.of(count));
              visit(
                  repeat.id() + "_again",
                  a,
                  () -> {
                    if (a.data().sum(repeat.counter()) % repeat.times() == 0) {
                      next.accept(a);
                    } else {
                      play(repeat, a, next);
                    }
                  });
            }));
  }

  private void race(Block.Race race, At at, Consumer<At> next) {
    var life = new Life(at.life());
    await(race.id(), Kind.RACE, life, _ -> {});
    for (Arm arm : race.arms()) {
      Runnable won =
          () -> {
            life.over = mistake != Mistake.RACE_GOES_ON;
            play(arm.content(), at, to(race.id() + "_join", next));
          };
      arm(arm.id(), arm.trigger(), life, false, at.data(), won);
    }
  }

  private void fork(Block.Fork fork, At at, Consumer<At> next) {
    var branches = fork.branches();
    multiply(at, branches.size());
    int joining = (int) branches.stream().filter(Sequence::completes).count();
    var join = fork.id() + "_join";
    for (int i : order(branches.size())) {
      int slot = (int) branches.subList(0, i).stream().filter(Sequence::completes).count();
      play(branches.get(i), at, to(join, a -> join(join, slot, joining, a, next)));
    }
  }

  private int[] order(int branches) {
    return mistake == Mistake.LAST_BRANCH_FIRST
        ? IntStream.iterate(branches - 1, i -> i >= 0, i -> i - 1).toArray()
        : IntStream.range(0, branches).toArray();
  }

  /** A token by each flow is needed, whoever's it is (clause 13.4.1). */
  private void join(String node, int slot, int flows, At at, Consumer<At> next) {
    var slots =
        at.scope()
            .joins
            .computeIfAbsent(
                node,
                _ ->
                    Stream.generate(() -> (Deque<Wait>) new ArrayDeque<Wait>())
                        .limit(flows)
                        .toList());
    if (mistake == Mistake.PARALLEL_JOIN_DOES_NOT_WAIT) {
      next.accept(at);
      return;
    }
    var wait = new Wait(node, Kind.BRANCHES, false, at.life(), _ -> {});
    waits.add(wait);
    slots.get(slot).add(wait);
    if (slots.stream().noneMatch(Deque::isEmpty)) {
      slots.forEach(s -> waits.remove(s.remove()));
      multiply(at, 2 - flows);
      next.accept(at);
    }
  }

  /** One token becomes so many; less than one takes others away. */
  private void multiply(At at, int tokens) {
    at.scope().tokens += tokens - 1;
    for (var r = at.region(); r != null; r = r.at.region()) {
      r.coming += tokens - 1;
    }
  }

  private void choose(Block.Choice choice, At at, Consumer<At> next) {
    var chosen = chosen(choice.branches(), at.data());
    var join = choice.id() + "_join";
    if (chosen.isEmpty()) {
      raise(new Trigger.Error("{urn:parley:1}NoFlowTaken"), at.scope());
    } else if (choice.inclusive()) {
      include(join, choice.branches(), chosen, at, next);
    } else {
      play(chosen.getFirst().content(), at, to(join, next));
    }
  }

  private Consumer<At> fan(Block.Activity activity, List<Branch> branches, Consumer<At> next) {
    return at -> include(activity.id() + "_join", branches, chosen(branches, at.data()), at, next);
  }

  private List<Branch> chosen(List<Branch> branches, Data data) {
    boolean held = branches.stream().anyMatch(b -> holds(b.condition(), data));
    return branches.stream()
        .filter(
            b ->
                switch (b.condition()) {
                  case Condition.Always _ -> true;
                  case Condition.Otherwise _ ->
                      !held || mistake == Mistake.DEFAULT_FLOW_ALWAYS_TAKEN;
                  case Condition.Holds _ -> holds(b.condition(), data);
                })
        .toList();
  }

  private static boolean holds(Condition condition, Data data) {
    return condition instanceof Condition.Holds(var source, int divisor, int rest)
        && data.sum(source) % divisor <= rest;
  }

  private void include(
      String join, List<Branch> branches, List<Branch> chosen, At at, Consumer<At> next) {
    boolean converging = branches.stream().filter(b -> b.content().completes()).count() > 1;
    var region = new Region(at, join, next);
    multiply(at, chosen.size());
    region.coming = chosen.size();
    for (var branch : chosen) {
      play(
          branch.content(),
          at.in(region),
          to(join, converging ? _ -> arrive(region) : _ -> next.accept(at)));
    }
  }

  private void arrive(Region region) {
    region.coming--;
    var wait = new Wait(region.join, Kind.BRANCHES, false, region.at.life(), _ -> {});
    wait.region = region;
    waits.add(wait);
  }

  /** The token can no longer come to any of these joins. */
  private static void leave(@Nullable Region region) {
    for (var r = region; r != null; r = r.at.region()) {
      r.coming--;
    }
  }

  /** An inclusive join waits as long as tokens may still come to it (clause 13.4.3). */
  private Stream<Runnable> joined(Wait wait) {
    var region = wait.region;
    return region != null
            && !wait.life.isOver()
            && (region.coming == 0 || mistake == Mistake.INCLUSIVE_JOIN_DOES_NOT_WAIT)
        ? Stream.of(() -> join(region))
        : Stream.of();
  }

  private void join(Region region) {
    var arrived = waits.stream().filter(w -> w.region == region).toList();
    waits.removeAll(arrived);
    multiply(region.at, 2 - arrived.size());
    region.next.accept(region.at);
  }

  // Activities

  private void begin(Block.Activity activity, At at, Consumer<At> next) {
    var execution = new Execution(activity, at, new Life(at.life()), next);
    for (var event : activity.boundary()) {
      arm(
          event.id(),
          event.trigger(),
          execution.life(),
          !event.interrupting(),
          at.data(),
          () -> happened(execution, event));
    }
    switch (activity.loop()) {
      case Loop.Once() -> work(execution, execution.life(), at.data(), () -> complete(execution));
      case Loop.Standard standard -> round(execution, standard, 1);
      case Loop.Multi multi -> multiply(execution, multi);
    }
  }

  private static void complete(Execution execution) {
    execution.life().over = true;
    execution.next().accept(execution.at());
  }

  private void happened(Execution execution, Boundary event) {
    boolean cancels =
        event.interrupting()
            ? mistake != Mistake.BOUNDARY_DOES_NOT_CANCEL
            : mistake == Mistake.BOUNDARY_ALWAYS_CANCELS;
    if (cancels) {
      execution.life().over = true;
    }
    if (event.interrupting()) {
      play(event.handler(), execution.at(), execution.next());
    } else {
      execution.at().scope().tokens++;
      play(event.handler(), execution.at().in(null), ending(event.id(), event.handler()));
    }
  }

  private void round(Execution execution, Loop.Standard loop, int number) {
    var round = round(execution, number);
    boolean again = loop.testBefore() && !holds(loop.condition(), round);
    if (number > loop.maximum() || again) {
      complete(execution);
      return;
    }
    work(
        execution,
        round,
        () -> {
          if (!loop.testBefore() && !holds(loop.condition(), round)) {
            complete(execution);
          } else {
            round(execution, loop, number + 1);
          }
        });
  }

  private static Data round(Execution execution, int number) {
    var items = new TreeMap<String, List<Integer>>();
    items.put("loopCounter", List.of(number));
    return new Data(execution.at().data(), items);
  }

  private void multiply(Execution execution, Loop.Multi loop) {
    var list = loop.list().isEmpty() ? List.<Integer>of() : execution.at().data().get(loop.list());
    int count = loop.list().isEmpty() ? loop.count() : list.size();
    int total = mistake == Mistake.ONE_ROUND_LESS ? count - 1 : count;
    var rounds = new ArrayList<Data>();
    for (int i = 0; i < count; i++) {
      var round = round(execution, i + 1);
      var id = execution.activity().id();
      round.items().put("i_" + id, list.isEmpty() ? List.of() : List.of(list.get(i)));
      round.items().put("o_" + id, List.of());
      rounds.add(round);
    }
    new Rounds(execution, loop, rounds, total).begin();
  }

  /** The instances of a multi-instance activity. */
  private final class Rounds {
    private final Execution execution;
    private final Loop.Multi loop;
    private final List<Data> rounds;
    private final int total;
    private int begun;
    private int completed;

    Rounds(Execution execution, Loop.Multi loop, List<Data> rounds, int total) {
      this.execution = execution;
      this.loop = loop;
      this.rounds = rounds;
      this.total = total;
    }

    void begin() {
      if (total <= 0) {
        complete();
      }
      while (begun < (loop.sequential() ? 1 : total) && !execution.life().isOver()) {
        next();
      }
    }

    private void next() {
      work(execution, rounds.get(begun++), this::completed);
    }

    private void completed() {
      completed++;
      boolean enough =
          loop.enough() > 0
              && completed >= loop.enough()
              && mistake != Mistake.COMPLETION_CONDITION_IGNORED;
      if (enough || completed == total) {
        complete();
      } else if (loop.sequential()) {
        next();
      }
    }

    private void complete() {
      if (!loop.output().isEmpty()) {
        var output = "o_" + execution.activity().id();
        var all = rounds.stream().flatMap(r -> r.get(output).stream()).toList();
        execution.at().scope().data.items().put(loop.output(), all);
      }
      ReferenceInterpreter.complete(execution);
    }
  }

  /** One round of a loop: begins with a move of its own. */
  private void work(Execution execution, Data round, Runnable done) {
    var life = execution.life();
    int number = numbers++;
    Runnable ended = () -> ends.add(new Ended(number, () -> unless(life, done)));
    moves.add(
        () ->
            unless(
                life,
                () -> {
                  path.add(execution.activity().id());
                  work(execution, life, round, ended);
                }));
  }

  private static void unless(Life over, Runnable what) {
    if (!over.isOver()) {
      what.run();
    }
  }

  private void work(Execution execution, Life life, Data data, Runnable done) {
    var id = execution.activity().id();
    switch (execution.activity().work()) {
      case Work.Script(var target, var source, int factor, int summand) -> {
        data.set(target, List.of((data.sum(source) * factor + summand) % 10));
        done.run();
      }
      case Work.SetList(var target, var values) -> {
        execution.at().scope().data.items().put(target, values);
        done.run();
      }
      case Work.FailingScript() -> fail(execution, "ExpressionFailed");
      case Work.Send(var source, boolean blocking) -> {
        sent.add("%s: %s %d".formatted(id, id, data.sum(source)));
        if (blocking) {
          await(id, Kind.DELIVERY, life, outcome -> delivered(execution, outcome, done));
        } else {
          done.run();
        }
      }
      case Work.Receive(var target) ->
          arm(id, new Trigger.Message(target), life, false, data, done);
      case Work.Nothing() -> done.run();
      case Work.SubProcess(var body, var eventSubs, var own) -> {
        var items = new TreeMap<String, List<Integer>>();
        own.forEach(name -> items.put(name, List.of()));
        var inner = new Data(data, items);
        enter(
            new Scope(execution.at().scope(), execution, new Life(life), inner, eventSubs, done),
            id + "_start",
            body);
      }
    }
  }

  // Events

  private void arm(
      String node, Trigger trigger, Life life, boolean repeats, Data data, Runnable then) {
    switch (trigger) {
      case Trigger.Message(var target) ->
          waits.add(
              new Wait(
                  node,
                  Kind.MESSAGE,
                  repeats,
                  life,
                  value -> {
                    data.set(target, List.of(value));
                    then.run();
                  }));
      case Trigger.Signal() ->
          waits.add(new Wait(node, Kind.SIGNAL, repeats, life, _ -> then.run()));
      case Trigger.Timer(int minutes) -> armTimer(node, minutes, 1, life, then);
      case Trigger.Cycle(int times, int minutes) -> armTimer(node, minutes, times, life, then);
      case Trigger.Error _, Trigger.Escalation _ -> {}
    }
  }

  private void armTimer(String node, int minutes, int times, Life life, Runnable then) {
    boolean endless = mistake == Mistake.TIMER_IS_RESTARTED;
    var wait = new Wait(node, Kind.TIMER, times > 1, life, _ -> then.run());
    wait.interval = Duration.ofMinutes(minutes);
    wait.due = now.plus(wait.interval);
    wait.left = endless ? times : times - 1;
    waits.add(wait);
  }

  private void bringAbout(String node, Result result, At at) {
    switch (result) {
      case Result.None() -> {}
      case Result.Terminate() -> terminate(at.scope());
      case Result.Error(var code) -> raise(new Trigger.Error(code), at.scope());
      case Result.Escalation(var code) -> deliver(new Trigger.Escalation(code), at.scope());
      case Result.Signal() -> sent.add("signal go");
      case Result.Message(var source) ->
          sent.add("%s: %s %d".formatted(node, node, at.data().sum(source)));
    }
  }

  private void terminate(Scope scope) {
    if (mistake == Mistake.TERMINATE_ENDS_ITS_TOKEN_ONLY) {
      return;
    }
    if (scope == process) {
      end("TERMINATED");
    } else {
      clear(scope);
      ends.add(new Ended(scope.number, () -> settle(scope)));
    }
  }

  private void delivered(Execution execution, int outcome, Runnable done) {
    switch (outcome) {
      case FAILED -> fail(execution, "DeliveryFailed");
      case TIMED_OUT -> fail(execution, "DeliveryTimeout");
      default -> done.run();
    }
  }

  private void fail(Execution execution, String code) {
    var error = new Trigger.Error("{urn:parley:1}" + code);
    if (!deliver(error, execution)) {
      raise(error, execution.at().scope());
    }
  }

  private void raise(Trigger.Error error, Scope scope) {
    var from = mistake == Mistake.ERROR_SKIPS_A_SCOPE ? scope.around : scope;
    if (from == null || !deliver(error, from)) {
      end("FAULTED");
    }
  }

  /** To the next handler around, from the inside out (clause 10.5.6). */
  private boolean deliver(Trigger thrown, Scope from) {
    for (var scope = from; scope != null; scope = scope.around) {
      for (var sub : scope.eventSubs) {
        if (!scope.armedLife.isOver() && catches(sub.trigger(), thrown)) {
          path.add(sub.start());
          start(scope, sub);
          return true;
        }
      }
      if (scope.owner != null && deliver(thrown, scope.owner)) {
        return true;
      }
    }
    return false;
  }

  private boolean deliver(Trigger thrown, Execution execution) {
    for (var event : execution.activity().boundary()) {
      if (catches(event.trigger(), thrown)) {
        path.add(event.id());
        happened(execution, event);
        return true;
      }
    }
    return false;
  }

  private static boolean catches(Trigger trigger, Trigger thrown) {
    return trigger.equals(thrown)
        || (trigger.equals(new Trigger.Error("")) && thrown instanceof Trigger.Error)
        || (trigger.equals(new Trigger.Escalation("")) && thrown instanceof Trigger.Escalation);
  }
}
