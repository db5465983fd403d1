package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.expression.Value;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Everything that can move an instance. */
public sealed interface Input {

  /** A message begins an instance at a node. */
  record Started(int node, Message message, KeySet keys) implements Input {}

  /**
   * Begins an instance at a none start event.
   *
   * @param data by the names of {@code ExecutableProcess.data().inputs()}
   * @param caller the instance whose call activity waits for it; null when nobody does
   */
  record Begun(int node, SortedMap<String, Value> data, @Nullable InstanceId caller)
      implements Input {
    public Begun {
      data = Collections.unmodifiableSortedMap(data);
    }
  }

  /** A receive takes a message: a token's own, or one armed besides (see {@code Catch}). */
  record Received(int catching, Message message, KeySet keys) implements Input {}

  /** A signal that is waited for was thrown. */
  record Signalled(int catching, Body data) implements Input {}

  record TimerDue(int timer) implements Input {}

  /** Somebody has completed a user task, with data by the names of its data outputs. */
  record Completed(int token, SortedMap<String, Value> data) implements Input {
    public Completed {
      data = Collections.unmodifiableSortedMap(data);
    }
  }

  /** A called process has ended, and gives its data by name. */
  record Returned(InstanceId called, SortedMap<String, Value> data) implements CallOutcome {
    public Returned {
      data = Collections.unmodifiableSortedMap(data);
    }
  }

  /**
   * A process could not be called.
   *
   * @param unfit because of the data it was given
   */
  record CallRefused(InstanceId called, boolean unfit, String reason) implements CallOutcome {}

  /** A called process has ended with an error. */
  record CallFailed(InstanceId called, Fault.Declared error) implements CallOutcome {}

  /** Processes call each other for ever: nobody may catch this. */
  record CallEndless(InstanceId called) implements CallOutcome {}

  /** A called process has thrown an escalation that it does not catch; an empty code is none. */
  record CallEscalated(InstanceId called, String code, Body data) implements CallOutcome {}

  /** Whoever called this process needs it no longer. */
  record Cancelled() implements Input {}

  /** An operator suspends the instance: from now on it takes nothing. */
  record Suspended() implements Input {}

  /** A suspended instance goes on; what it could not take meanwhile comes after this. */
  record Resumed() implements Input {}

  /** What became of a message that was sent. */
  sealed interface Outcome extends Input {
    MessageId sent();
  }

  /** What became of a process that was called. */
  sealed interface CallOutcome extends Input {
    InstanceId called();
  }

  /** The partner accepted a message, and its pattern has no answer. */
  record Delivered(MessageId sent) implements Outcome {}

  /** The partner answered a message. */
  record Answered(MessageId sent, Body body, List<Body> blocks) implements Outcome {
    public Answered {
      blocks = List.copyOf(blocks);
    }

    /** Without SOAP header blocks. */
    public Answered(MessageId sent, Body body) {
      this(sent, body, List.of());
    }
  }

  /** The partner answered a message with a fault. */
  record Faulted(MessageId sent, Fault fault) implements Outcome {}

  /** A message could not be delivered: attempts used up, refused for good, or too late. */
  record Undeliverable(MessageId sent, boolean timeout, String reason) implements Outcome {}
}
