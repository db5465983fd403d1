package dev.parley.turn;

import dev.parley.store.StoreException;
import dev.parley.turn.Batches.Pending;
import dev.parley.turn.Batches.Prepared;
import dev.parley.turn.Commits.Flight;
import dev.parley.turn.Commits.Outcome;
import dev.parley.turn.LostRaces.Attempt;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides a batch while the one before is being committed; for one thread. */
final class Pipeline {
  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

  private final Batches batches;
  private final Commits commits;
  private final Time time;
  private final Runnable hear;
  private final BiConsumer<List<Pending>, String> refuse;

  /** The batch before, where it may not be committed yet. */
  private @Nullable Flight flight;

  /**
   * Nothing is under way.
   *
   * @param hear lets others' commits be known here; throws StoreException
   * @param refuse tells those who wait that nothing was kept, and why
   */
  Pipeline(
      Batches batches,
      Commits commits,
      Time time,
      Runnable hear,
      BiConsumer<List<Pending>, String> refuse) {
    this.batches = batches;
    this.commits = commits;
    this.time = time;
    this.hear = hear;
    this.refuse = refuse;
  }

  /** What became of deciding. */
  private sealed interface Preparation {
    record Ready(Prepared batch) implements Preparation {}

    /** Whoever waits has been told. */
    record Refused() implements Preparation {}

    /** Another gateway was first; nobody has been told anything. */
    record Lost() implements Preparation {}
  }

  /** Decides a batch, and gives it to be committed when the one before has been. */
  void decide(List<Pending> inputs) {
    var before = flight == null || flight.isOver() ? null : flight.batch();
    var preparation = before == null ? null : prepare(inputs, before);
    if (preparation instanceof Preparation.Refused) {
      return;
    }
    if (!landed() || !(preparation instanceof Preparation.Ready)) {
      preparation = prepare(inputs, null);
    }
    if (preparation instanceof Preparation.Ready(var batch)) {
      flight = commits.begin(batch);
    } else if (preparation instanceof Preparation.Lost) {
      decideAgain(inputs);
    }
  }

  /** Nothing more to decide for now: looks whether what is under way needs anything. */
  void rest() {
    if (flight != null && flight.isOver()) {
      var _ = landed();
    }
  }

  /** Ends with what is under way. */
  void end(String why) {
    if (flight != null && flight.await() == Outcome.LOST_RACE) {
      refuse.accept(flight.batch().inputs(), why);
    }
  }

  private Preparation prepare(List<Pending> inputs, @Nullable Prepared before) {
    try {
      return new Preparation.Ready(batches.prepare(inputs, before, time.instant()));
    } catch (StoreException e) {
      if (e.isLostRace()) {
        LOG.debug("{} inputs are decided again: {}", inputs.size(), e.getMessage());
        return new Preparation.Lost();
      }
      LOG.warn("{} inputs were refused: {}", inputs.size(), e.getMessage());
      refuse.accept(inputs, "The gateway cannot read its store; nothing of it was kept");
    } catch (RuntimeException e) {
      LOG.error("A batch of {} inputs could not be decided", inputs.size(), e);
      refuse.accept(inputs, "The gateway failed to process the message; nothing of it was kept");
    }
    return new Preparation.Refused();
  }

  /** Waits for the batch under way; false where it was not kept as it had been decided. */
  private boolean landed() {
    var landing = flight;
    flight = null;
    if (landing == null) {
      return true;
    }
    var outcome = landing.await();
    if (outcome == Outcome.LOST_RACE) {
      decideAgain(landing.batch().inputs());
    }
    return outcome == Outcome.KEPT;
  }

  private void decideAgain(List<Pending> inputs) {
    var races = new LostRaces();
    races.lost(Attempt.first(inputs));
    for (var next = races.next(); next.isPresent(); next = races.next()) {
      var attempt = next.get();
      if (isLost(attempt) && !races.lost(attempt)) {
        refuse.accept(
            attempt.inputs(), "Other gateways were first again and again; nothing was kept");
      }
    }
  }

  private boolean isLost(Attempt attempt) {
    try {
      hear.run();
    } catch (StoreException e) {
      refuse.accept(attempt.inputs(), "The gateway cannot read its store; nothing of it was kept");
      return false;
    }
    return switch (prepare(attempt.inputs(), null)) {
      case Preparation.Ready(var batch) -> commits.begin(batch).await() == Outcome.LOST_RACE;
      case Preparation.Refused _ -> false;
      case Preparation.Lost _ -> true;
    };
  }
}
