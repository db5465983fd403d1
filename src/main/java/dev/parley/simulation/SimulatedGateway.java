package dev.parley.simulation;

import dev.parley.message.Answer;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Store;
import dev.parley.store.StoreException;
import dev.parley.turn.Batches;
import dev.parley.turn.Batches.Pending;
import dev.parley.turn.Batches.Prepared;
import dev.parley.turn.Deployments;
import dev.parley.turn.IdSource;
import dev.parley.turn.LostRaces;
import dev.parley.turn.LostRaces.Attempt;
import dev.parley.turn.TurnInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns without threads: a batch is decided while the one before is written, as {@code
 * dev.parley.turn.Turns} does it; the process may end anywhere between.
 */
final class SimulatedGateway {
  private static final Duration MOST_DELAY = Duration.ofMillis(20);

  /** Everything that ends with the process. */
  private final class Boot {
    private final Store store = opening.apply(world.tables());
    private final IdSource ids = new IdSource(world.agenda(), store.bootId());
    private final SimulatedRollout rollout =
        new SimulatedRollout(world, SimulatedGateway.this, store);
    private final Batches batches = new Batches(store, ids, rollout::deployments);
    private final SimulatedRelay relay =
        new SimulatedRelay(world, SimulatedGateway.this, partner, store);
    private final SimulatedAlarm alarm = new SimulatedAlarm(world, SimulatedGateway.this, store);
    private final ArrayDeque<Pending> inbox = new ArrayDeque<>();
    private final LostRaces races = new LostRaces();
    private boolean deciding;
    private @Nullable Prepared decided;
    private @Nullable Prepared writing;
    private @Nullable Attempt attempt;
  }

  private final World world;
  private final SimulatedPartner partner;
  private final Function<Tables, Store> opening;
  private Runnable onCommit = () -> {};
  private Runnable onCrash = () -> {};
  private BiConsumer<Message, Answer> onDecided = (_, _) -> {};
  private @Nullable Boot boot;
  private int crashes;

  SimulatedGateway(World world, SimulatedPartner partner, Function<Tables, Store> opening) {
    this.world = world;
    this.partner = partner;
    this.opening = opening;
  }

  void listen(Runnable commit, Runnable crash, BiConsumer<Message, Answer> decided) {
    this.onCommit = commit;
    this.onCrash = crash;
    this.onDecided = decided;
  }

  void start() {
    var started = new Boot();
    boot = started;
    world.trace().add("boot " + started.store.bootId());
    started.relay.takeOver();
    started.alarm.wind();
    started.rollout.look();
  }

  /** What runs now. */
  Deployments deployments() {
    return up().rollout.deployments();
  }

  /** Deploys a model over what runs; told whether it was, or was there already. */
  void deploy(Model model, Consumer<Boolean> outcome) {
    up().rollout.deploy(model, outcome);
  }

  /** Whether messages that wait are being looked at. */
  boolean isLooking() {
    var here = boot;
    return here == null || here.rollout.isLooking();
  }

  /** The same, as the gateway's own parts hand it in. */
  CompletableFuture<Answer> submit(TurnInput input) {
    var outcome = new CompletableFuture<Answer>();
    submit(input, outcome::complete);
    return outcome;
  }

  boolean isUp() {
    return boot != null;
  }

  /** Whether inputs are under way that nobody has been told of. */
  boolean isBusy() {
    var here = boot;
    return here != null && (!here.inbox.isEmpty() || here.decided != null || here.writing != null);
  }

  int crashes() {
    return crashes;
  }

  /** Happens later, unless the process ends before. */
  void in(Duration delay, Runnable what) {
    at(world.agenda().instant().plus(delay), what);
  }

  void at(Instant when, Runnable what) {
    var here = boot;
    world
        .agenda()
        .at(
            when,
            () -> {
              if (here != null && here == boot) {
                what.run();
              }
            });
  }

  MessageId nextId() {
    return new MessageId(up().ids.getAsLong());
  }

  private Boot up() {
    if (boot == null) {
      throw new IllegalStateException("The gateway is down");
    }
    return boot;
  }

  /** The callback is called when the input has been decided and committed, or refused. */
  void submit(TurnInput input, Consumer<Answer> callback) {
    var outcome = new CompletableFuture<Answer>();
    var _ = outcome.thenAccept(answer -> call(input, callback, answer));
    up().inbox.add(new Pending(input, outcome));
    decideSoon();
  }

  private void call(TurnInput input, Consumer<Answer> callback, Answer answer) {
    try {
      AnswerRules.checkDecided(input, answer);
      if (input instanceof TurnInput.Arrival arrival) {
        onDecided.accept(arrival.message(), answer);
      }
      callback.accept(answer);
    } catch (RuntimeException e) {
      world.agenda().fail(e);
    }
  }

  private void decideSoon() {
    var here = up();
    boolean free = here.decided == null && here.attempt == null;
    if (!here.deciding && free && !here.inbox.isEmpty()) {
      here.deciding = true;
      in(world.chance().upTo(MOST_DELAY), this::decide);
    }
  }

  private void decide() {
    var here = up();
    here.deciding = false;
    if (here.attempt != null) {
      return;
    }
    var inputs = new ArrayList<Pending>();
    while (!here.inbox.isEmpty() && inputs.size() < world.swarm().batch()) {
      inputs.add(here.inbox.remove());
    }
    here.decided = prepare(inputs, here.writing);
    if (here.writing == null) {
      write();
    }
  }

  private Prepared prepare(List<Pending> inputs, @Nullable Prepared inFlight) {
    return up().batches.prepare(inputs, inFlight, world.agenda().instant());
  }

  private void write() {
    var here = up();
    here.writing = here.decided;
    here.decided = null;
    in(world.chance().upTo(MOST_DELAY), this::commit);
    decideSoon();
  }

  private Prepared writing() {
    var batch = up().writing;
    if (batch == null) {
      throw new IllegalStateException("Nothing is being written");
    }
    return batch;
  }

  private void commit() {
    var swarm = world.swarm();
    if (world.trouble(swarm.crashBeforeCommit())) {
      crash("before a commit");
      return;
    }
    try {
      up().batches.commit(writing());
    } catch (StoreException e) {
      failed(e);
      return;
    }
    onCommit.run();
    if (world.trouble(swarm.crashAfterCommit())) {
      crash("between a commit and its answers");
    } else {
      in(world.chance().upTo(MOST_DELAY), this::release);
    }
  }

  private void release() {
    var here = up();
    var done = writing();
    here.batches.release(done);
    here.relay.committed(here.batches.outbound(done));
    here.alarm.wind();
    over();
  }

  private void failed(StoreException e) {
    var here = up();
    var lost = writing();
    world.trace().add("not committed: " + e.getMessage());
    if (!e.nothingWritten()) {
      here.batches.close("The gateway stops because its store failed");
      here.batches.refuse(lost.inputs(), "The gateway cannot write to its store");
      crash("because its store failed");
      return;
    }
    var attempt = here.attempt == null ? Attempt.first(lost.inputs()) : here.attempt;
    if (!e.isLostRace() || !here.races.lost(attempt)) {
      here.batches.refuse(lost.inputs(), "The gateway cannot write to its store");
    }
    var next = here.decided;
    if (next != null) {
      next.inputs().reversed().forEach(here.inbox::addFirst);
      here.decided = null;
    }
    over();
  }

  /** A batch is over: what lost a race is decided again before anything else. */
  private void over() {
    var here = up();
    here.writing = null;
    here.attempt = here.races.next().orElse(null);
    if (here.attempt != null) {
      here.decided = prepare(here.attempt.inputs(), null);
    }
    if (here.decided != null) {
      write();
    }
    decideSoon();
  }

  /** The process ends here. */
  void end() {
    var here = boot;
    boot = null;
    if (here != null) {
      here.store.close();
    }
  }

  /** The process ends here; another one starts later. */
  void crash(String where) {
    crashes++;
    world.trace().add("crash " + where);
    end();
    onCrash.run();
    world.agenda().in(world.chance().upTo(Duration.ofMinutes(3)), this::start);
  }
}
