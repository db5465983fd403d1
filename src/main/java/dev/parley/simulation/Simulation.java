package dev.parley.simulation;

import dev.parley.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One seed's run of the real correlation, engine and turns against a simple oracle: everything that
 * is not decided by them is decided by the seed, so that the same seed gives the same run, byte for
 * byte.
 */
public final class Simulation {
  private static final long MOST_STEPS = 200_000;
  private static final int LINES = 25;

  /** Wraps what the store writes to, to plant a defect. */
  interface Defect extends Function<SimulatedStore.Disk, SimulatedStore.Disk> {}

  /** Opens the store of a boot. */
  interface Opening {
    Store open(Tables tables, SimulatedStore.Disk disk);
  }

  /** How many gateways there are at most. */
  private enum Crew {
    ONE,
    ANY
  }

  /**
   * What a run was.
   *
   * @param digest SHA-256 of everything that happened
   * @param decisions how often each kind of decision was taken
   * @param virtual how much time passed in it
   * @param violation which rule was broken and how, with what led to it; null when all held
   */
  public record Result(
      long seed,
      String digest,
      Duration virtual,
      Counts counts,
      SortedMap<String, Long> decisions,
      @Nullable String violation) {}

  /** How much happened in a run. */
  public record Counts(
      long messages, long commits, long failedCommits, long crashes, long duplicates) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    public Counts plus(Counts more) {
      return new Counts(
          messages + more.messages,
          commits + more.commits,
          failedCommits + more.failedCommits,
          crashes + more.crashes,
          duplicates + more.duplicates);
    }
  }

  private final long seed;
  private final World world;
  private final Decisions decisions;
  private final FaultyDisk disk;
  private final SimulatedPartner partner;
  private final Gateways gateways;
  private final Operators operators;
  private final Clerks clerks;
  private final Clients clients;
  private final StoreRules storeRules;
  private final AnswerRules answerRules;

  private Simulation(long seed, Crew crew, Defect defect, Opening opening) {
    this.seed = seed;
    var chance = new Chance(seed);
    var agenda = new Agenda(chance);
    var swarm = crew == Crew.ONE ? Swarm.of(chance).alone() : Swarm.of(chance);
    this.world = new World(agenda, chance, swarm, new Trace(agenda), new Tables());
    this.decisions = new Decisions(world.tables());
    this.disk = new FaultyDisk(world, decisions);
    var written = defect.apply(disk);
    this.partner = new SimulatedPartner(world);
    this.gateways =
        new Gateways(world, decisions, partner, tables -> opening.open(tables, written));
    this.storeRules = new StoreRules(world.tables());
    this.answerRules = new AnswerRules(world.tables());
    this.clients = new Clients(world, gateways, answerRules);
    this.operators = new Operators(world, gateways);
    this.clerks = new Clerks(world, gateways);
    gateways.listen(this::committed, this::crashed);
  }

  /** Runs one seed. */
  public static Result run(long seed) {
    return run(seed, disk -> disk);
  }

  /**
   * Runs one seed over a real store: the same run as {@link #alone}, whose decisions rest on what
   * that store says.
   *
   * @param real opens it, empty the first time, and again after each crash
   */
  public static Result run(long seed, Callable<Store> real) {
    var comparison = new StoreComparison();
    return new Simulation(
            seed,
            Crew.ONE,
            disk -> disk,
            (tables, disk) -> new MirroredStore(opened(real), tables, disk, comparison))
        .run();
  }

  /** Runs one seed with one gateway. */
  static Result alone(long seed) {
    return new Simulation(seed, Crew.ONE, disk -> disk, SimulatedStore::join).run();
  }

  static Result run(long seed, Defect defect) {
    return run(seed, defect, SimulatedStore::join);
  }

  static Result run(long seed, Defect defect, Opening opening) {
    return new Simulation(seed, Crew.ANY, defect, opening).run();
  }

  private static Store opened(Callable<Store> real) {
    try {
      return real.call();
    } catch (Exception e) {
      throw new IllegalStateException("The store does not open again", e);
    }
  }

  private void committed() {
    storeRules.check(world.agenda().instant(), gateways.isLooking());
  }

  private void crashed(SimulatedGateway gateway) {
    clients.crashed(gateway);
    operators.crashed(gateway);
  }

  private Result run() {
    var inPlay = violationOf(this::play);
    var atEnd = violationOf(gateways::end);
    var counts =
        new Counts(
            clients.letters().stream().mapToLong(l -> l.postings.size()).sum(),
            disk.commits(),
            disk.failures(),
            gateways.crashes(),
            clients.duplicates());
    var virtual = Duration.between(Agenda.BEGIN, world.agenda().instant());
    return new Result(
        seed,
        world.trace().digest(),
        virtual,
        counts,
        decisions.counts(),
        inPlay == null ? atEnd : inPlay);
  }

  private @Nullable String violationOf(Runnable what) {
    try {
      what.run();
      return null;
    } catch (Violation e) {
      return describe(e);
    }
  }

  private void play() {
    world.trace().add(world.swarm().toString());
    gateways.start();
    operators.begin();
    while (!operators.isDone()) {
      step();
    }
    operators.plan();
    operators.planSuspensions();
    clerks.plan();
    gateways.planPauses();
    new Scripts(world, clients).write();
    for (int i = 0; i < world.swarm().crashes() * world.swarm().gateways(); i++) {
      world.agenda().in(world.chance().upTo(World.TROUBLE), this::crash);
    }
    while (step()) {
      // On to what comes next.
    }
    storeRules.check(world.agenda().instant(), false);
    storeRules.checkEnd();
    new HistoryRules(world.tables(), storeRules).check();
    new Accounting(world.tables(), storeRules, clerks.handled()).check();
    answerRules.check(clients.letters());
    new OutboxRules(world.tables(), partner).check();
  }

  private boolean step() {
    if (world.agenda().steps() > MOST_STEPS) {
      throw new Violation("everything ends", "", "More than %d events".formatted(MOST_STEPS));
    }
    return world.agenda().step();
  }

  private void crash() {
    gateways.some().ifPresent(g -> g.crash("at any time"));
  }

  private String describe(Violation violation) {
    List<String> lines = world.trace().last(LINES, violation.about());
    return "Seed %d breaks the rule '%s': %s: %s%nWhat led to it:%n  %s%nRepeat it with: parley simulate --seed %d"
        .formatted(
            seed,
            violation.rule(),
            violation.about(),
            violation.getMessage(),
            String.join(System.lineSeparator() + "  ", lines),
            seed);
  }
}
