package dev.parley.conformance.language;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A conversation with a process, step by step, and what must come of it.
 *
 * @param folder the name of the folder it is in, which is the pattern's
 * @param name the file's without its suffix
 */
public record Case(Path file, String folder, String name, String description, List<Step> steps) {
  public Case {
    steps = List.copyOf(steps);
  }

  /** What not every gateway under test lets a runner do. */
  public enum Need {
    VIRTUAL_TIME("it moves virtual time"),
    CRASH("it ends the gateway's process"),
    INSIGHT("it looks into the gateway's store"),
    SETTINGS("it sets the gateway's configuration"),
    DEPLOYMENT("it deploys a second bundle while the gateway runs");

    private final String why;

    Need(String why) {
      this.why = why;
    }

    /** To be read after "not run: ". */
    public String why() {
      return why;
    }
  }

  /** What its steps need. */
  public Set<Need> needs() {
    var needs = EnumSet.noneOf(Need.class);
    boolean started = false;
    for (var step : steps) {
      switch (step) {
        case Step.Advance _ -> needs.add(Need.VIRTUAL_TIME);
        case Step.Crash _, Step.Restart _ -> needs.add(Need.CRASH);
        case Step.Inspection _, Step.Suspension _ -> needs.add(Need.INSIGHT);
        case Step.Settings _ -> needs.add(Need.SETTINGS);
        case Step.Partner partner -> {
          if (partner.behaviours().stream().anyMatch(Behaviour::needsVirtualTime)) {
            needs.add(Need.VIRTUAL_TIME);
          }
        }
        case Step.Deploy _ -> {
          if (started) {
            needs.add(Need.DEPLOYMENT);
          }
        }
        case Step.Replay _ -> {
          needs.add(Need.INSIGHT);
          started = true;
        }
        case Step.Traffic _, Step.Concurrently _ -> started = true;
        case Step.ExpectMessage _, Step.Expectation _, Step.Disconnect _, Step.NothingElse _ -> {}
      }
    }
    return needs;
  }
}
