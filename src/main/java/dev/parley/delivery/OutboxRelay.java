package dev.parley.delivery;

import dev.parley.deployment.Interaction;
import dev.parley.deployment.ServicePort;
import dev.parley.message.Id;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import dev.parley.turn.Alarm;
import dev.parley.turn.Checkpoint;
import dev.parley.turn.Committed;
import dev.parley.turn.Outgoings;
import dev.parley.turn.TurnInput;
import dev.parley.turn.TurnInput.SendOutcome;
import dev.parley.turn.Turns;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what was committed: directly after the commit, and again at the times that the delivery
 * policy says. Every attempt bears the same message id. What came of it is the input of another
 * turn.
 */
public final class OutboxRelay implements Committed, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Turns turns;
  private final List<PartnerTransport> transports;
  private final InstantSource clock;
  private final Checkpoint.Probe probe;
  private final Set<MessageId> inFlight = ConcurrentHashMap.newKeySet();
  private final ExecutorService senders =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("parley-send-", 0).factory());
  private Redelivery redelivery = (_, _) -> {};

  public OutboxRelay(
      Turns turns, List<PartnerTransport> transports, InstantSource clock, Checkpoint.Probe probe) {
    this.turns = turns;
    this.transports = List.copyOf(transports);
    this.clock = clock;
    this.probe = probe;
  }

  /** Before the first message: who remembers the times of further attempts. */
  public void remind(Redelivery who) {
    this.redelivery = who;
  }

  @Override
  public void committed(List<OutboxRow> outbound) {
    for (var row : outbound) {
      if (inFlight.add(row.id())) {
        begin(row);
      }
    }
  }

  /**
   * Another attempt, unless one is under way or none is due any more. Reads the store: not on a
   * virtual thread.
   */
  public void redeliver(MessageId message) {
    if (!inFlight.add(message)) {
      return;
    }
    var row = turns.store().outbox(List.of(message)).get(message);
    if (row == null || row.state() != OutboxState.PENDING) {
      inFlight.remove(message);
    } else {
      begin(row);
    }
  }

  /**
   * A message of an earlier boot whose delivery was under way, perhaps, when the gateway ended:
   * sent again, or in doubt where it must not be sent twice.
   */
  public void recover(OutboxRow row) {
    var policy = Outgoings.delivery(Outgoings.interaction(row, turns.deployments()));
    if (policy.atMostOnce()) {
      String reason =
          "In doubt: the gateway ended while the message was being sent, and it must not be sent"
              + " twice";
      tell(row, new SendOutcome.Failed(false, reason));
    } else {
      redeliver(row.id());
    }
  }

  private void begin(OutboxRow row) {
    try {
      senders.execute(() -> attempt(row));
    } catch (RejectedExecutionException e) {
      // The gateway stops: the row is found after the next start.
      inFlight.remove(row.id());
    }
  }

  private void attempt(OutboxRow row) {
    try {
      var interaction = Outgoings.interaction(row, turns.deployments());
      if (clock.instant().isAfter(deadline(row, interaction))) {
        tell(
            row,
            new SendOutcome.Failed(true, "The time for its delivery was over: " + row.lastError()));
        return;
      }
      probe.at(Checkpoint.BEFORE_SEND);
      var attempt = send(row, interaction);
      probe.at(Checkpoint.AFTER_SEND);
      tell(row, outcome(row, interaction, attempt));
    } catch (RuntimeException e) {
      LOG.error("Message {} could not be sent", row.id(), e);
      inFlight.remove(row.id());
    }
  }

  private Attempt send(OutboxRow row, Interaction interaction) {
    var consignment =
        new Consignment(
            row.message(),
            partner(interaction),
            interaction.operation(),
            row.endpoint(),
            wireId(row.id()),
            timeout(interaction));
    for (var transport : transports) {
      if (transport.carries(row.endpoint())) {
        return attempt(transport, consignment);
      }
    }
    return new Attempt.Failed("No transport carries " + row.endpoint(), true, false);
  }

  private static Attempt attempt(PartnerTransport transport, Consignment consignment) {
    try {
      return transport.send(consignment);
    } catch (RuntimeException e) {
      LOG.error("Expected a transport to tell of its failures, not to throw", e);
      return new Attempt.Failed("The transport failed: " + e.getMessage(), false, true);
    }
  }

  private SendOutcome outcome(OutboxRow row, Interaction interaction, Attempt attempt) {
    var policy = Outgoings.delivery(interaction);
    return switch (attempt) {
      case Attempt.Acknowledged _ -> new SendOutcome.Delivered();
      case Attempt.Replied(var body) -> new SendOutcome.Answered(body);
      case Attempt.Faulted(var fault) -> new SendOutcome.Faulted(fault);
      case Attempt.Failed(var reason, boolean _, boolean worthRetrying) -> {
        int made = row.attempts() + 1;
        var next = clock.instant().plus(policy.waitAfter(made));
        if (!worthRetrying || policy.atMostOnce() || made >= policy.attempts()) {
          yield new SendOutcome.Failed(false, reason);
        }
        yield next.isAfter(deadline(row, interaction))
            ? new SendOutcome.Failed(true, reason)
            : new SendOutcome.Retry(next, reason);
      }
    };
  }

  private static Instant deadline(OutboxRow row, Interaction interaction) {
    var committed = Instant.ofEpochMilli(Id.millis(row.id().value()));
    return committed.plus(Outgoings.delivery(interaction).deadline());
  }

  /** What was heard must reach a turn: while the gateway cannot take it, it is handed in again. */
  private void tell(OutboxRow row, SendOutcome outcome) {
    var _ =
        turns
            .submit(new TurnInput.Sent(row.id(), outcome))
            .thenAccept(
                answer -> {
                  if (Alarm.isUnavailable(answer)) {
                    tellLater(row, outcome);
                    return;
                  }
                  inFlight.remove(row.id());
                  if (outcome instanceof SendOutcome.Retry(var at, var _)) {
                    redelivery.schedule(row.id(), at);
                  }
                });
  }

  private void tellLater(OutboxRow row, SendOutcome outcome) {
    try {
      senders.execute(
          () -> {
            if (pause()) {
              tell(row, outcome);
            }
          });
    } catch (RejectedExecutionException e) {
      // The gateway stops: what was heard is found out again after the next start.
      inFlight.remove(row.id());
    }
  }

  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static ServicePort partner(Interaction interaction) {
    return switch (interaction) {
      case Interaction.Send send -> send.partner();
      case Interaction.Invoke invoke -> invoke.partner();
      case Interaction.Receive _, Interaction.Reply _ ->
          throw new IllegalStateException(interaction.operation().name() + " has no partner");
    };
  }

  private static Duration timeout(Interaction interaction) {
    if (interaction instanceof Interaction.Invoke invoke && invoke.answerWithin() != null) {
      return invoke.answerWithin();
    }
    return TIMEOUT;
  }

  /**
   * The same with every attempt, and unique in the world: the store's number and the message's (RFC
   * 9562, version 8).
   */
  private String wireId(MessageId id) {
    long high = (turns.store().storeId() & ~0xF000L) | 0x8000L;
    long low = (id.value() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    return "urn:uuid:" + new UUID(high, low);
  }

  /** Attempts under way are interrupted; what became of them is found out after the next start. */
  @Override
  public void close() {
    senders.shutdownNow();
  }
}
