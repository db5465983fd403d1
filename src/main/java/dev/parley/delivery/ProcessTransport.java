package dev.parley.delivery;

import dev.parley.deployment.Destination;
import dev.parley.message.Answer;
import dev.parley.message.Fault;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageExchangePattern.Second;
import dev.parley.turn.Time;
import dev.parley.turn.Turns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Carries a message to a process of this gateway: an input of its own, after the sender's commit. A
 * repeated attempt is a duplicate of the first one, for it bears the same id.
 */
public final class ProcessTransport implements PartnerTransport {
  private final Turns turns;
  private final boolean validate;
  private final Duration replyWithin;
  private final Time time;

  /**
   * @param validate whether bodies are held to the receiver's schema, as they are on the wire
   * @param replyWithin then a message that need not be answered is acknowledged, as on the wire
   */
  public ProcessTransport(Turns turns, boolean validate, Duration replyWithin, Time time) {
    this.turns = turns;
    this.validate = validate;
    this.replyWithin = replyWithin;
    this.time = time;
  }

  @Override
  public boolean carries(String endpoint) {
    return Destination.process(endpoint).isPresent();
  }

  @Override
  public Attempt send(Consignment consignment) {
    String process = Destination.process(consignment.endpoint()).orElseThrow();
    var message = message(consignment, process);
    var violations = violations(message);
    if (!violations.isEmpty()) {
      return refused("%s: %s".formatted(process, String.join(" ", violations)));
    }
    var outcome = turns.submit(message);
    try {
      return attempt(process, time.await(outcome, patience(consignment)));
    } catch (TimeoutException e) {
      var abandoned = turns.abandon(message.id());
      if (!mustBeAnswered(consignment)) {
        return attempt(process, abandoned.join());
      }
      return again("No answer from process '%s' in time".formatted(process), false);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return again("The gateway stopped while process '%s' worked".formatted(process), false);
    } catch (ExecutionException e) {
      throw new IllegalStateException("Expected a refusal to be an answer", e);
    }
  }

  private Duration patience(Consignment consignment) {
    var timeout = consignment.timeout();
    return mustBeAnswered(consignment) || timeout.compareTo(replyWithin) < 0
        ? timeout
        : replyWithin;
  }

  private static boolean mustBeAnswered(Consignment consignment) {
    return consignment.operation().pattern().second() == Second.REQUIRED;
  }

  private Message message(Consignment consignment, String process) {
    var sent = consignment.message();
    return new Message(
        turns.nextId(),
        process,
        sent.operation(),
        sent.kind(),
        sent.body(),
        headers(consignment),
        // Nobody outside can be this sender, so nobody can use up its message ids.
        Destination.PROCESS + sent.process());
  }

  private static Headers headers(Consignment consignment) {
    return new Headers(
        consignment.wireId(),
        null,
        null,
        null,
        null,
        null,
        Map.of(),
        null,
        consignment.message().headers().blocks());
  }

  private List<String> violations(Message message) {
    return validate ? turns.deployments().violations(message) : List.of();
  }

  private static Attempt attempt(String process, Answer answer) {
    return switch (answer) {
      case Answer.Accepted _ -> Attempt.ACKNOWLEDGED;
      case Answer.Reply(var body, var blocks) -> new Attempt.Replied(body, blocks);
      case Answer.Faulted(var fault) ->
          fault instanceof Fault.Gateway gateway
              ? refused(process, gateway)
              : new Attempt.Faulted(fault);
    };
  }

  /** As on the wire, where these would be a status that asks for a repetition, or a fault. */
  private static Attempt refused(String process, Fault.Gateway fault) {
    String reason =
        "Process '%s' answered %s: %s".formatted(process, fault.kind().wireName(), fault.reason());
    return switch (fault.kind()) {
      case QUEUE_FULL, UNAVAILABLE, SUSPENDED -> again(reason, true);
      case REPLY_TIMEOUT -> again(reason, false);
      case PROCESS_FAILED, MISSING_REPLY -> new Attempt.Faulted(fault);
      default -> refused(reason);
    };
  }

  private static Attempt.Failed refused(String reason) {
    return new Attempt.Failed(reason, true, false);
  }

  private static Attempt.Failed again(String reason, boolean surelyNotSent) {
    return new Attempt.Failed(reason, surelyNotSent, true);
  }
}
