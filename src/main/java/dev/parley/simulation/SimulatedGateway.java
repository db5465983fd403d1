package dev.parley.simulation;

import dev.parley.message.Answer;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Store;
import dev.parley.turn.Batches;
import dev.parley.turn.Batches.Pending;
import dev.parley.turn.Batches.Prepared;
import dev.parley.turn.Deployments;
import dev.parley.turn.IdSource;
import dev.parley.turn.TurnInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A gateway that ends, starts again, and stands still at times: one boot after another. */
final class SimulatedGateway {
  private static final Duration MOST_UNHEARD = Duration.ofMillis(500);

  /** Those around a gateway. */
  interface Neighbourhood {
    /** Opens the store for another boot of it. */
    Store open(SimulatedGateway gateway);

    void committed(SimulatedGateway gateway);

    void crashed(SimulatedGateway gateway);

    void decided(Message message, Answer answer);

    /** It stands still for a while. */
    void pause(SimulatedGateway gateway);

    /** Something happened that is counted. */
    void met(String kind);
  }

  /** Everything that ends with the process. */
  private final class Boot implements SimulatedTurns.Surroundings {
    private final SimulatedGateway gateway = SimulatedGateway.this;
    private final Store store = neighbours.open(gateway);
    private final IdSource ids = new IdSource(world.agenda(), store.bootId());
    private final SimulatedRollout rollout = new SimulatedRollout(world, gateway, store);
    private final Batches batches = new Batches(store, ids, rollout::deployments);
    private final SimulatedTurns turns = new SimulatedTurns(world, gateway, batches, this);
    private final SimulatedRelay relay = new SimulatedRelay(world, gateway, partner, store);
    private final SimulatedAlarm alarm = new SimulatedAlarm(world, gateway, store);
    private Set<Integer> up = store.gateways();
    private long heard = store.opened();
    private boolean hearing;

    @Override
    public boolean hear() {
      hearing = false;
      heard = world.tables().log.newest();
      var answered = batches.hear(rollout::follow);
      if (!store.gateways().contains(store.bootId())) {
        met("found itself taken for ended");
        crash("because it was taken for ended");
        return false;
      }
      turns.tell(answered);
      if (!store.gateways().equals(up)) {
        up = store.gateways();
        relay.takeOver();
      }
      alarm.wind();
      return true;
    }

    @Override
    public void committed() {
      neighbours.committed(gateway);
    }

    @Override
    public void released(Prepared batch) {
      relay.committed(batches.outbound(batch));
      alarm.wind();
    }
  }

  private final World world;
  private final SimulatedPartner partner;
  private final Neighbourhood neighbours;
  private final ArrayDeque<Runnable> held = new ArrayDeque<>();
  private @Nullable Boot boot;
  private boolean still;
  private boolean owesLook;

  SimulatedGateway(World world, SimulatedPartner partner, Neighbourhood neighbours) {
    this.world = world;
    this.partner = partner;
    this.neighbours = neighbours;
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

  /** Whether messages that wait are being looked at, or will be when it is up again. */
  boolean isLooking() {
    var here = boot;
    return here == null ? owesLook : here.rollout.isLooking();
  }

  boolean isUp() {
    return boot != null;
  }

  int bootId() {
    return up().store.bootId();
  }

  /** Whether there is something that whoever waits here has not been told of. */
  boolean isBusy() {
    var here = boot;
    return here != null
        && (still || here.turns.isBusy() || world.tables().log.isNews(here.heard, bootId()));
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
                doOrHold(what);
              }
            });
  }

  private void doOrHold(Runnable what) {
    if (still) {
      held.add(what);
    } else {
      what.run();
    }
  }

  /** Stands still for a while, as under a debugger or a long collection of garbage. */
  void pause(Duration duration) {
    var here = up();
    still = true;
    world.trace().add("boot %d stands still".formatted(here.store.bootId()));
    world
        .agenda()
        .in(
            duration,
            () -> {
              if (here == boot) {
                world.trace().add("boot %d goes on".formatted(here.store.bootId()));
                goOn();
              }
            });
  }

  private void goOn() {
    still = false;
    var late = Duration.ofMillis(1);
    while (!held.isEmpty()) {
      in(late, held.remove());
      late = late.plusMillis(1);
    }
  }

  /** Others have committed something: it is heard of soon. */
  void hearSoon() {
    var here = boot;
    if (here != null && !here.hearing) {
      here.hearing = true;
      in(world.chance().upTo(MOST_UNHEARD), here::hear);
    }
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

  void met(String kind) {
    neighbours.met(kind);
  }

  /** Perhaps it stands still in the middle of what it does. */
  void falter() {
    if (!still && world.trouble(world.swarm().pauses())) {
      neighbours.pause(this);
    }
  }

  /** The same, as the gateway's own parts hand it in. */
  CompletableFuture<Answer> submit(TurnInput input) {
    var outcome = new CompletableFuture<Answer>();
    submit(input, outcome::complete);
    return outcome;
  }

  /** The callback is called when the input has been decided and committed, or refused. */
  void submit(TurnInput input, Consumer<Answer> callback) {
    var outcome = new CompletableFuture<Answer>();
    var here = up();
    var _ = outcome.thenAccept(answer -> call(here, input, callback, answer));
    here.turns.submit(new Pending(input, outcome));
  }

  private void call(Boot here, TurnInput input, Consumer<Answer> callback, Answer answer) {
    try {
      AnswerRules.checkDecided(input, answer);
      if (here.turns.isTelling()) {
        met("answered by another gateway");
      }
      if (input instanceof TurnInput.Arrival arrival) {
        neighbours.decided(arrival.message(), answer);
      }
      callback.accept(answer);
    } catch (RuntimeException e) {
      world.agenda().fail(e);
    }
  }

  /** The process ends here. */
  void end() {
    var here = boot;
    boot = null;
    still = false;
    held.clear();
    if (here != null) {
      owesLook = here.rollout.isLooking();
      here.store.close();
    }
  }

  /** The process ends here; another one starts later. */
  void crash(String where) {
    world.trace().add("boot %d crashes %s".formatted(bootId(), where));
    end();
    neighbours.crashed(this);
    world.agenda().in(world.chance().upTo(Duration.ofMinutes(3)), this::start);
  }
}
