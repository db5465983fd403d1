package dev.parley.store;

import dev.parley.message.Answer;
import dev.parley.message.Blob;
import dev.parley.message.Body;
import dev.parley.message.Digest;
import dev.parley.message.Headers;
import dev.parley.message.Id;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the tables hold, a record each. */
public final class Rows {
  private Rows() {}

  /** What became of an inbound message. */
  public enum MessageState {
    /** In a queue: no receive has taken it. */
    WAITING,
    CONSUMED,
    DISCARDED,
    /** Removed by the garbage collector; why is in its dead letter. */
    COLLECTED,
    /** A receive opened for it, but it broke a rule; which is in its dead letter. */
    REFUSED
  }

  /** Whether the sender still waits for an answer. */
  public enum ExchangeState {
    /** The pattern has nothing to answer with. */
    NONE,
    OPEN,
    /** The answer is in the row. */
    ANSWERED,
    /**
     * The caller's wait is over (ReplyTimeout); a later reply is undeliverable, but a duplicate
     * gets it.
     */
    ABANDONED
  }

  /**
   * An inbound message: identity, place in the queue, outcome and answer in one row.
   *
   * @param instance who consumed it; null while nobody has
   * @param boot boot id of the gateway whose callers wait for the answer; it names the node too
   * @param answer null while there is none
   * @param expiresAt while it waits, when it stops to, and null: never; once it is answered, since
   *     when its answer is kept
   */
  public record MessageRow(
      Message message,
      MessageState state,
      ExchangeState exchange,
      @Nullable InstanceId instance,
      int boot,
      @Nullable Answer answer,
      @Nullable Instant expiresAt) {
    public MessageId id() {
      return message.id();
    }

    /** Where it waits, while it does. */
    public QueueName queue() {
      return new QueueName(message.process(), message.operation(), message.kind());
    }
  }

  /**
   * An identity of a message. Outlives the message, and says then whether it was the same one.
   *
   * @param identity scope, kind and value are in the digest
   * @param body what the message's body is compared by
   */
  public record IdentityRow(Digest identity, MessageId message, long body) {
    /** Of a message that bears this identity. */
    public static IdentityRow of(Digest identity, Message message) {
      return new IdentityRow(identity, message.id(), message.body().digest().high());
    }

    /** Whether a body is, as far as a hash can tell, the one that the identity was seen with. */
    public boolean isOf(Body other) {
      return body == other.digest().high();
    }
  }

  /**
   * Where receives wait and messages queue: one value of one correlation key and one message of an
   * operation.
   */
  public record Slot(Digest key, OperationName operation, MessageKind kind) {}

  /** An enabled receive: the token of the instance that waits there. */
  public record SubscriptionRow(Slot slot, InstanceId instance, long token) {}

  /** A correlation key's value and the instance that holds it, or was the last one to. */
  public record KeyRow(Digest key, InstanceId instance) {}

  /** A message in a queue; one row for each correlation key it has a value for. */
  public record WaitingRow(Slot slot, MessageId message) {}

  /** Messages of one kind for one process: their number and bytes are bounded together. */
  public record QueueName(String process, OperationName operation, MessageKind kind) {}

  /** How many of them wait, and how long their bodies are together. */
  public record QueueRow(QueueName name, long messages, long bytes) {
    /** With so many more. */
    public QueueRow plus(long moreMessages, long moreBytes) {
      return new QueueRow(name, messages + moreMessages, bytes + moreBytes);
    }
  }

  /** A timer of a token. */
  public record TimerRow(Instant dueAt, InstanceId instance, long timer) {}

  /** Whether an instance still runs. */
  public enum InstanceStatus {
    LIVE,
    COMPLETED,
    TERMINATED,
    FAULTED
  }

  /**
   * An instance.
   *
   * @param definition number of the process version it runs
   * @param version grows by one with each turn; checked by every update
   * @param state tokens, keys, exchanges: the engine's own encoding
   * @param items data items by number, encoded; in a batch only those that changed, and {@link
   *     Blob#EMPTY} for one that is gone
   * @param history id of its newest history row; 0 when it has none
   */
  public record InstanceRow(
      InstanceId id,
      int definition,
      int version,
      InstanceStatus status,
      Blob state,
      Map<Long, Blob> items,
      long history) {
    public InstanceRow {
      items = Map.copyOf(items);
    }
  }

  /** Where an outbound message stands. */
  public enum OutboxState {
    PENDING,
    DELIVERED,
    FAILED,
    CANCELLED
  }

  /**
   * An outbound message.
   *
   * @param token that waits for its delivery or answer; 0 when none does
   * @param policy how often and how long to try, encoded by delivery
   * @param attempts made so far
   * @param lastError of the newest attempt; empty when there was none
   * @param replayedAt when an operator gave it back to delivery after it had failed; null: never
   * @param gateway boot id of the one that delivers it
   */
  public record OutboxRow(
      Message message,
      InstanceId instance,
      long token,
      String endpoint,
      Blob policy,
      OutboxState state,
      int attempts,
      Instant nextAttempt,
      String lastError,
      @Nullable Instant replayedAt,
      int gateway) {
    /** One that no operator gave back to delivery, and no gateway has taken on. */
    public OutboxRow(
        Message message,
        InstanceId instance,
        long token,
        String endpoint,
        Blob policy,
        OutboxState state,
        int attempts,
        Instant nextAttempt,
        String lastError) {
      this(
          message,
          instance,
          token,
          endpoint,
          policy,
          state,
          attempts,
          nextAttempt,
          lastError,
          null,
          0);
    }

    /** The same in the hands of a gateway. */
    public OutboxRow by(int otherGateway) {
      return new OutboxRow(
          message,
          instance,
          token,
          endpoint,
          policy,
          state,
          attempts,
          nextAttempt,
          lastError,
          replayedAt,
          otherGateway);
    }

    public MessageId id() {
      return message.id();
    }

    /** When the time began in which it is to be delivered. */
    public Instant since() {
      return replayedAt == null
          ? Instant.ofEpochMilli(Id.millis(message.id().value()))
          : replayedAt;
    }

    public Headers headers() {
      return message.headers();
    }
  }

  /**
   * One turn of one instance.
   *
   * @param previous id of the row before; 0 for the first one
   * @param turn what came in, the path taken, what went out: the engine's own encoding
   */
  public record HistoryRow(long id, InstanceId instance, long previous, Instant at, Blob turn) {}

  /** Which way a message went that could not be given to anybody. */
  public enum Direction {
    INBOUND,
    OUTBOUND
  }

  /**
   * A message that came to nobody; itself it is among the inbound messages or in the outbox.
   *
   * @param reason name of a reason for collection, or of a gateway fault
   * @param text for a human being
   */
  public record DeadLetterRow(
      MessageId message,
      Direction direction,
      String process,
      OperationName operation,
      String reason,
      String text,
      Instant at) {}

  /** Something an operator should look at; closed when somebody did. */
  public record IncidentRow(
      long id,
      InstanceId instance,
      String node,
      String kind,
      String text,
      Instant at,
      boolean open) {}

  /**
   * A bundle as it was deployed.
   *
   * @param generation grows by one with each deployment
   * @param definitions number of each process version in it, by process key
   * @param versions version of each process in it, by process key
   * @param archive the bundle's files as a ZIP
   */
  public record DeploymentRow(
      long id,
      int generation,
      String bundle,
      Digest content,
      Map<String, Integer> definitions,
      Map<String, Integer> versions,
      Blob archive) {
    public DeploymentRow {
      definitions = Map.copyOf(definitions);
      versions = Map.copyOf(versions);
    }
  }
}
