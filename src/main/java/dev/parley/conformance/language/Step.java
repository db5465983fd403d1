package dev.parley.conformance.language;

import dev.parley.finding.Location;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One step of a case. Texts may hold placeholders, see {@link Placeholders}. */
public sealed interface Step {
  /** Where it stands. */
  Location at();

  record Deploy(Location at, Path bundle) implements Step {}

  /**
   * Of the gateway.
   *
   * @param configuration what its file says
   */
  record Settings(
      Location at,
      Optional<Instant> now,
      Optional<Duration> replyWithin,
      Optional<Boolean> validate,
      Optional<String> configuration)
      implements Step {}

  /** What a partner does from now on. */
  record Partner(Location at, String name, List<Behaviour> behaviours) implements Step {
    public Partner {
      behaviours = List.copyOf(behaviours);
    }
  }

  /** Something is sent; id is what later steps call it. */
  sealed interface Traffic extends Step {
    String id();
  }

  record Send(Location at, String id, Letter letter) implements Traffic {}

  /** A process is started at its none start event, over REST. */
  record Start(Location at, String id, String process, Map<String, Payload> data)
      implements Traffic {
    public Start {
      data = Map.copyOf(data);
    }
  }

  /**
   * A user task is completed, over REST.
   *
   * @param task its id in the model
   */
  record Complete(
      Location at, String id, String task, Optional<String> process, Map<String, Payload> data)
      implements Traffic {
    public Complete {
      data = Map.copyOf(data);
    }
  }

  /** The same message again. */
  record Duplicate(Location at, String of, String id) implements Traffic {}

  /**
   * An operator replays a dead letter, over REST.
   *
   * @param of the message that it was
   * @param body present where it is another one
   */
  record Replay(Location at, String of, String id, Optional<Payload> body) implements Traffic {}

  /** Who waits for the answer to a message waits no longer, and goes away. */
  record Disconnect(Location at, String of) implements Step {}

  /**
   * An operator suspends an instance, or lets it go on.
   *
   * @param of id of a message that it took
   */
  record Suspension(Location at, String of, boolean ends) implements Step {}

  record Concurrently(Location at, List<Traffic> traffic) implements Step {
    public Concurrently {
      traffic = List.copyOf(traffic);
    }
  }

  /**
   * A message at a partner.
   *
   * @param times so many arrivals with the same message id
   * @param anyOrder any that was not expected yet, not the next one
   * @param fault present where the message is one
   */
  record ExpectMessage(
      Location at,
      String partner,
      Optional<String> operation,
      Optional<String> messageId,
      int times,
      boolean anyOrder,
      Head head,
      Optional<Blame> fault,
      Optional<Xml> body)
      implements Step {}

  /** What the sender of a message got. */
  sealed interface Expectation extends Step {
    /** Id of the message. */
    String to();
  }

  record ExpectReply(Location at, String to, Head head, Optional<Xml> body)
      implements Expectation {}

  record ExpectFault(Location at, String to, Blame fault, Optional<Integer> status)
      implements Expectation {}

  record ExpectAccepted(Location at, String to) implements Expectation {}

  record ExpectStatus(Location at, String to, int status) implements Expectation {}

  /**
   * An answer of REST.
   *
   * @param state what has become of the message
   * @param problem what type of problem it was refused with
   */
  record ExpectAnswer(
      Location at,
      String to,
      Optional<Integer> status,
      Optional<String> state,
      Optional<String> problem,
      Optional<Payload> body)
      implements Expectation {
    /** Whether it says that nobody takes what was sent. */
    boolean isOfNobody() {
      return problem.filter("UnknownOperation"::equals).isPresent();
    }
  }

  record ExpectWaiting(Location at, String to) implements Expectation {}

  record ExpectBroken(Location at, String to) implements Expectation {}

  record NothingElse(Location at) implements Step {}

  /** A look at what the gateway knows. */
  sealed interface Inspection extends Step {}

  /**
   * One instance.
   *
   * @param of id of a message that it took
   * @param key name and value, joined by an equals sign
   * @param waitingAt ids of all nodes at which tokens wait
   */
  record Instance(
      Location at,
      Optional<String> of,
      Optional<String> process,
      Optional<String> key,
      Optional<String> state,
      Optional<List<String>> waitingAt,
      Map<String, Datum> data)
      implements Inspection {
    public Instance {
      data = Map.copyOf(data);
    }
  }

  /** A data item's value: an element, or text. */
  record Datum(Optional<Xml> element, String text) {}

  record Instances(Location at, Optional<String> process, Optional<String> state, int count)
      implements Inspection {}

  record Queue(
      Location at, Optional<String> of, Optional<String> operation, Optional<Integer> count)
      implements Inspection {}

  record DeadLetter(
      Location at,
      Optional<String> of,
      Optional<String> operation,
      Optional<String> reason,
      Optional<Integer> count)
      implements Inspection {}

  record Advance(Location at, Duration by) implements Step {}

  /**
   * The node dies and starts again.
   *
   * @param point where; empty: at once
   * @param times when it is reached so many times
   * @param during what leads there
   */
  record Crash(Location at, Optional<String> point, int times, List<Step> during) implements Step {
    public Crash {
      during = List.copyOf(during);
    }
  }

  record Restart(Location at) implements Step {}
}
