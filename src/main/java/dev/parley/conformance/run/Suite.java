package dev.parley.conformance.run;

import dev.parley.conformance.language.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Plays cases, several at once where they are apart, and tells of them in their order. */
public final class Suite {
  private final CaseRunner runner;
  private final Watch watch;

  /** Who is told how it goes. */
  public interface Watch {
    /** A case begins, on any thread and in any order. */
    default void begins(Case played) {}

    /** A case is over, and so are those before it; one after another. */
    void ended(CaseResult result);
  }

  public Suite(CaseRunner runner, Watch watch) {
    this.runner = runner;
    this.watch = watch;
  }

  /**
   * Every result, in the order of the cases.
   *
   * @param atOnce so many at a time, at most
   */
  public List<CaseResult> play(List<Case> cases, int atOnce) throws InterruptedException {
    try (var players = Executors.newFixedThreadPool(runner.isolates() ? atOnce : 1)) {
      var coming = cases.stream().map(c -> players.submit(() -> play(c))).toList();
      try {
        return results(coming);
      } finally {
        players.shutdownNow();
      }
    }
  }

  private CaseResult play(Case played) {
    watch.begins(played);
    return runner.run(played);
  }

  private List<CaseResult> results(List<Future<CaseResult>> coming) throws InterruptedException {
    var results = new ArrayList<CaseResult>();
    for (var next : coming) {
      try {
        results.add(next.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("The runner failed, whatever the gateway does", e);
      }
      watch.ended(results.getLast());
    }
    return results;
  }
}
