package dev.parley.turn;

import dev.parley.turn.Batches.Pending;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;

/**
 * Inputs whose batch lost a race to another gateway: they are decided again before any others, in
 * the order in which they came, in ever smaller batches.
 */
public final class LostRaces {
  /** An input that loses so often alone is refused. */
  private static final int MOST = 20;

  private final ArrayDeque<Attempt> attempts = new ArrayDeque<>();

  /**
   * A batch to be decided.
   *
   * @param alone how often its only input lost; 0 where there are several
   */
  public record Attempt(List<Pending> inputs, int alone) {
    public Attempt {
      inputs = List.copyOf(inputs);
    }

    /** A batch that has not lost yet. */
    public static Attempt first(List<Pending> inputs) {
      return new Attempt(inputs, 0);
    }
  }

  /** It lost: false where it has done so too often, and is to be refused. */
  public boolean lost(Attempt attempt) {
    var inputs = attempt.inputs();
    if (inputs.size() > 1) {
      int half = inputs.size() / 2;
      attempts.addFirst(Attempt.first(inputs.subList(half, inputs.size())));
      attempts.addFirst(Attempt.first(inputs.subList(0, half)));
      return true;
    }
    boolean again = attempt.alone() < MOST;
    if (again) {
      attempts.addFirst(new Attempt(inputs, attempt.alone() + 1));
    }
    return again;
  }

  /** What is to be decided next; empty when nothing is left. */
  public Optional<Attempt> next() {
    return Optional.ofNullable(attempts.poll());
  }
}
