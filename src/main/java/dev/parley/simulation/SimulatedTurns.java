package dev.parley.simulation;

import dev.parley.message.MessageId;
import dev.parley.store.StoreException;
import dev.parley.turn.Batches;
import dev.parley.turn.Batches.Pending;
import dev.parley.turn.Batches.Prepared;
import dev.parley.turn.LostRaces;
import dev.parley.turn.LostRaces.Attempt;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns of one boot, without threads: a batch is decided while the one before is written, as {@code
 * dev.parley.turn.Pipeline} does it; the process may end anywhere between.
 */
final class SimulatedTurns {
  private static final Duration MOST_DELAY = Duration.ofMillis(20);

  /** What surrounds the turns of a boot. */
  interface Surroundings {
    /** What others commit is known here; false where the process ended of it. */
    boolean hear();

    void committed();

    void released(Prepared batch);
  }

  private final World world;
  private final SimulatedGateway gateway;
  private final Batches batches;
  private final Surroundings around;
  private final ArrayDeque<Pending> inbox = new ArrayDeque<>();
  private final List<MessageId> answered = new ArrayList<>();
  private final LostRaces races = new LostRaces();
  private boolean deciding;
  private boolean telling;

  /** Nothing can be decided before the batch under way has been committed. */
  private boolean blocked;

  private @Nullable Prepared decided;
  private @Nullable Prepared writing;
  private @Nullable Attempt attempt;

  SimulatedTurns(
      World world, SimulatedGateway gateway, Batches batches, Surroundings surroundings) {
    this.world = world;
    this.gateway = gateway;
    this.batches = batches;
    this.around = surroundings;
  }

  void submit(Pending input) {
    inbox.add(input);
    decideSoon();
  }

  /** Whether there is something that nobody has been told of. */
  boolean isBusy() {
    return !inbox.isEmpty() || decided != null || writing != null || !answered.isEmpty();
  }

  /** Whoever waits for these is told, after whatever is being committed now. */
  void tell(List<MessageId> exchanges) {
    answered.addAll(exchanges);
    if (writing == null) {
      tell();
    }
  }

  /** Whether whoever is told something now is told what others decided. */
  boolean isTelling() {
    return telling;
  }

  private void tell() {
    telling = true;
    batches.tell(List.copyOf(answered));
    answered.clear();
    telling = false;
  }

  private void decideSoon() {
    boolean free = decided == null && attempt == null && !blocked;
    if (!deciding && free && !inbox.isEmpty()) {
      deciding = true;
      gateway.in(world.chance().upTo(MOST_DELAY), this::decide);
    }
  }

  private void decide() {
    deciding = false;
    if (attempt != null) {
      return;
    }
    var inputs = new ArrayList<Pending>();
    while (!inbox.isEmpty() && inputs.size() < world.swarm().batch()) {
      inputs.add(inbox.remove());
    }
    decided = prepare(inputs, writing).orElse(null);
    if (decided == null && writing != null) {
      putBack(inputs);
      blocked = true;
    } else if (decided == null) {
      races.lost(Attempt.first(inputs));
      next();
    } else if (writing == null) {
      write();
    }
  }

  private void putBack(List<Pending> inputs) {
    inputs.reversed().forEach(inbox::addFirst);
  }

  /** Empty where another gateway was first. */
  private Optional<Prepared> prepare(List<Pending> inputs, @Nullable Prepared inFlight) {
    try {
      return Optional.of(batches.prepare(inputs, inFlight, world.agenda().instant()));
    } catch (StoreException e) {
      if (!e.isLostRace()) {
        throw e;
      }
      gateway.met("lost a race before it was decided");
      return Optional.empty();
    }
  }

  private void lost(StoreException e) {
    world.trace().add("lost a race: " + e.getMessage());
    gateway.met("lost a race");
  }

  private void write() {
    writing = decided;
    decided = null;
    gateway.in(world.chance().upTo(MOST_DELAY), this::commit);
    gateway.falter();
    decideSoon();
  }

  private Prepared writing() {
    var batch = writing;
    if (batch == null) {
      throw new IllegalStateException("Nothing is being written");
    }
    return batch;
  }

  private void commit() {
    var swarm = world.swarm();
    if (world.trouble(swarm.crashBeforeCommit())) {
      gateway.crash("before a commit");
      return;
    }
    try {
      batches.commit(writing());
    } catch (StoreException e) {
      failed(e);
      return;
    }
    around.committed();
    if (world.trouble(swarm.crashAfterCommit())) {
      gateway.crash("between a commit and its answers");
    } else {
      gateway.in(world.chance().upTo(MOST_DELAY), this::release);
    }
  }

  private void release() {
    var done = writing();
    batches.release(done);
    around.released(done);
    over();
  }

  private void failed(StoreException e) {
    var batch = writing();
    if (!e.nothingWritten()) {
      if (!world.tables().log.up().contains(gateway.bootId())) {
        gateway.met("refused a commit, as ended");
      }
      world.trace().add("not committed: " + e.getMessage());
      batches.close("The gateway stops because its store failed");
      batches.refuse(batch.inputs(), "The gateway cannot write to its store");
      gateway.crash("because its store failed");
      return;
    }
    if (e.isLostRace()) {
      lost(e);
      decideAgain(attempt == null ? Attempt.first(batch.inputs()) : attempt);
    } else {
      world.trace().add("not committed: " + e.getMessage());
      batches.refuse(batch.inputs(), "The gateway cannot write to its store");
    }
    if (decided != null) {
      putBack(decided.inputs());
      decided = null;
    }
    over();
  }

  private void decideAgain(Attempt lost) {
    if (!races.lost(lost)) {
      batches.refuse(lost.inputs(), "Other gateways were first again and again");
    }
  }

  private void over() {
    writing = null;
    blocked = false;
    tell();
    next();
  }

  /** What lost a race is decided again before anything else. */
  private void next() {
    attempt = races.next().orElse(null);
    while (attempt != null && decided == null) {
      if (!around.hear()) {
        return;
      }
      decided = prepare(attempt.inputs(), null).orElse(null);
      if (decided == null) {
        decideAgain(attempt);
        attempt = races.next().orElse(null);
      }
    }
    if (decided != null) {
      write();
    }
    decideSoon();
  }
}
