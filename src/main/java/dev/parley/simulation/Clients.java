package dev.parley.simulation;

import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.FaultKind;
import dev.parley.simulation.Letter.Posting;
import dev.parley.simulation.Letter.State;
import dev.parley.turn.TurnInput;
import dev.parley.turn.Turns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Callers: they send again what was not answered, and sometimes what was. */
final class Clients {
  private static final int MOST_POSTINGS = 8;
  private static final Duration NETWORK = Duration.ofMillis(30);

  private final World world;
  private final Gateways gateways;
  private final AnswerRules rules;
  private final List<Letter> letters = new ArrayList<>();
  private final List<Posting> open = new ArrayList<>();
  private int duplicates;

  Clients(World world, Gateways gateways, AnswerRules rules) {
    this.world = world;
    this.gateways = gateways;
    this.rules = rules;
  }

  List<Letter> letters() {
    return letters;
  }

  int duplicates() {
    return duplicates;
  }

  void write(Letter letter, Duration when) {
    letters.add(letter);
    world.agenda().in(when, () -> post(letter, false));
  }

  private void post(Letter letter, boolean otherBody) {
    if (letter.postings.size() >= MOST_POSTINGS) {
      return;
    }
    gateways
        .some()
        .ifPresentOrElse(
            up -> post(letter, otherBody, up),
            () -> world.agenda().in(Duration.ofSeconds(20), () -> post(letter, otherBody)));
  }

  private void post(Letter letter, boolean otherBody, SimulatedGateway gateway) {
    var posting = new Posting(letter, gateway, otherBody, world.trace().size());
    duplicates += letter.postings.isEmpty() ? 0 : 1;
    letter.postings.add(posting);
    open.add(posting);
    world
        .trace()
        .add(
            "%s posts %s%s to %d"
                .formatted(letter.name, posting.id, otherBody ? " other" : "", gateway.bootId()));
    var message = letter.message(posting.id, otherBody);
    gateway.submit(Turns.arrival(message, gateway.deployments()), answer -> told(posting, answer));
    if (letter.inOut) {
      boolean hurries = letter.postings.size() > 1 && world.trouble(50);
      gateway.in(letter.patience.dividedBy(hurries ? 10 : 1), () -> giveUp(posting));
    }
    if (world.trouble(world.swarm().duplicates())) {
      again(letter, Duration.ofSeconds(10));
    }
    if (letter.inOut && world.trouble(world.swarm().company())) {
      again(letter, Duration.ofMinutes(10));
    }
  }

  private void again(Letter letter, Duration within) {
    world.agenda().in(world.chance().upTo(within), () -> post(letter, false));
  }

  private void told(Posting posting, Answer answer) {
    if (posting.state == State.ABANDONED) {
      return;
    }
    if (posting.state != State.OPEN) {
      throw new Violation("one answer", posting.letter.name, "Told again: " + answer);
    }
    boolean lost = world.trouble(world.swarm().answersLost());
    posting.state = State.TOLD;
    world
        .agenda()
        .in(
            world.chance().upTo(NETWORK),
            () -> {
              if (lost) {
                lose(posting);
              } else {
                heard(posting, answer);
              }
            });
  }

  private void lose(Posting posting) {
    posting.state = State.LOST;
    open.remove(posting);
    world.trace().add("%s loses the answer to %s".formatted(posting.letter.name, posting.id));
    if (!posting.otherBody && world.chance().percent(85)) {
      again(posting.letter, Duration.ofMinutes(10));
    }
  }

  private void heard(Posting posting, Answer answer) {
    var letter = posting.letter;
    posting.state = State.ANSWERED;
    posting.answer = answer;
    open.remove(posting);
    world.trace().add("%s hears of %s: %s".formatted(letter.name, posting.id, answer));
    posting.heardAt = world.trace().size();
    var refusal = refusal(answer);
    if (refusal.filter(Clients::isWorthRepeating).isPresent()) {
      if (!posting.otherBody && world.chance().percent(85)) {
        again(letter, Duration.ofMinutes(5));
      }
    } else if (world.trouble(world.swarm().duplicates())) {
      again(letter, Duration.ofDays(1));
      if (refusal.isEmpty()) {
        world.agenda().in(world.chance().upTo(Duration.ofHours(1)), () -> post(letter, true));
      }
    }
  }

  /** The gateway's own fault that an answer is. */
  static Optional<FaultKind> refusal(Answer answer) {
    return answer instanceof Answer.Faulted(Fault.Gateway(var kind, var _, var _))
        ? Optional.of(kind)
        : Optional.empty();
  }

  private static boolean isWorthRepeating(FaultKind kind) {
    return kind == FaultKind.UNAVAILABLE
        || kind == FaultKind.QUEUE_FULL
        || kind == FaultKind.TOO_EARLY;
  }

  private void giveUp(Posting posting) {
    if (posting.state != State.OPEN) {
      return;
    }
    var gateway = posting.gateway;
    if (!gateway.isBusy()) {
      rules.checkListening(posting);
    }
    posting.state = State.ABANDONED;
    open.remove(posting);
    world.trace().add("%s waits no longer for %s".formatted(posting.letter.name, posting.id));
    gateway.submit(new TurnInput.Abandoned(posting.id), _ -> {});
    if (world.trouble(50)) {
      again(posting.letter, Duration.ofDays(1));
    }
  }

  /** The process ended: whoever waited has lost the connection. */
  void crashed(SimulatedGateway gateway) {
    List.copyOf(open).stream()
        .filter(p -> p.gateway.equals(gateway) && p.state == State.OPEN)
        .forEach(this::lose);
  }
}
