package dev.parley.turn;

import dev.parley.correlation.KeySet;
import dev.parley.expression.Value;
import dev.parley.message.Body;
import dev.parley.message.Digest;
import dev.parley.message.Fault;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.Rows.WaitingRow;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a turn begins with. */
public sealed interface TurnInput {

  /** Of its payload, as far as it has one. */
  default int bytes() {
    return 0;
  }

  private static int bytes(SortedMap<String, Value> data) {
    return data.values().stream().mapToInt(v -> v.encode().bytes().length).sum();
  }

  /**
   * A message came in.
   *
   * @param identities every identity it bears
   * @param definition the version of its process by which the keys were found; 0 when there is none
   * @param keys the keys it carries
   */
  record Arrival(Message message, List<Digest> identities, int definition, KeySet keys)
      implements TurnInput {
    @Override
    public int bytes() {
      int blocks = message.headers().blocks().stream().mapToInt(Body::length).sum();
      return message.body().length() + blocks;
    }
  }

  /** An operator starts a process that has a none start event, with data by name. */
  record Start(String process, InstanceId instance, SortedMap<String, Value> data)
      implements TurnInput {
    public Start {
      data = Collections.unmodifiableSortedMap(data);
    }

    @Override
    public int bytes() {
      return TurnInput.bytes(data);
    }

    /** Without data. */
    public Start(String process, InstanceId instance) {
      this(process, instance, new TreeMap<>());
    }
  }

  /** Somebody has completed a user task. */
  record Complete(InstanceId instance, int token, SortedMap<String, Value> data)
      implements TurnInput {
    public Complete {
      data = Collections.unmodifiableSortedMap(data);
    }

    @Override
    public int bytes() {
      return TurnInput.bytes(data);
    }
  }

  record TimerDue(InstanceId instance, int timer) implements TurnInput {}

  /** Something was heard of an outbound message. */
  record Sent(MessageId id, SendOutcome outcome) implements TurnInput {
    @Override
    public int bytes() {
      return outcome instanceof SendOutcome.Answered answered ? answered.body().length() : 0;
    }
  }

  /** Whoever sent this message waits no longer for its answer. */
  record Abandoned(MessageId message) implements TurnInput {}

  /** These messages have waited too long. */
  record Expired(List<WaitingRow> waiting) implements TurnInput {}

  /**
   * These messages wait, and what they wait for may be there: a version of their process reads
   * other keys in them.
   */
  record Look(List<MessageId> messages) implements TurnInput {
    public Look {
      messages = List.copyOf(messages);
    }
  }

  /** An operator suspends an instance: it stands still, and loses nothing. */
  record Suspend(InstanceId instance) implements TurnInput {}

  /** A suspended instance goes on. */
  record Resume(InstanceId instance) implements TurnInput {}

  /** What an operator does to messages. */
  sealed interface Act extends TurnInput {

    /**
     * An inbound dead letter is sent once more: the message has a new id and bears no identity.
     *
     * @param letter the dead letter, which is gone when the message is accepted
     */
    record Replay(MessageId letter, Arrival arrival) implements Act {
      @Override
      public int bytes() {
        return arrival.bytes();
      }
    }

    /** An outbound dead letter is pending again. */
    record Resend(MessageId letter) implements Act {}

    /** These dead letters are given up. */
    record GiveUp(List<MessageId> letters) implements Act {
      public GiveUp {
        letters = List.copyOf(letters);
      }
    }

    /** A message that waits leaves the queue. */
    record Remove(MessageId message) implements Act {}
  }

  /** No version of their process that may run any more takes these messages. */
  record Gone(List<MessageId> messages) implements TurnInput {}

  /** This gateway delivers these outbound messages, where the one that had to has ended. */
  record TakeOn(List<MessageId> messages) implements TurnInput {
    public TakeOn {
      messages = List.copyOf(messages);
    }
  }

  record Deploy(DeploymentRow deployment) implements TurnInput {}

  /** What was heard of an outbound message. */
  sealed interface SendOutcome {
    record Delivered() implements SendOutcome {}

    record Answered(Body body, List<Body> blocks) implements SendOutcome {
      public Answered {
        blocks = List.copyOf(blocks);
      }

      /** Without SOAP header blocks. */
      public Answered(Body body) {
        this(body, List.of());
      }
    }

    record Faulted(Fault fault) implements SendOutcome {}

    /** The attempt failed; the next one is made at this time. */
    record Retry(Instant nextAttempt, String reason) implements SendOutcome {}

    /** No further attempt. */
    record Failed(boolean timeout, String reason) implements SendOutcome {}
  }
}
