package dev.parley.engine;

import dev.parley.expression.Value;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Headers;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import java.util.Collections;
import java.util.SortedMap;

/**
 * What a step wants to happen besides the change of its instance. Subscriptions, timers and keys
 * are not effects: they follow from the instance as it is after the step.
 */
public sealed interface Effect {

  /**
   * Send an operation's first message to a partner.
   *
   * @param token that waits for the answer or the delivery; 0 when none does; -1 when another node
   *     takes the response
   * @param node whose interaction says where and how
   * @param scope that it was sent from
   * @param headers with where to, where the instance knows better than its model
   */
  record Send(
      MessageId id,
      int node,
      int scope,
      int token,
      OperationName operation,
      MessageKind kind,
      Body body,
      Headers headers)
      implements Effect {
    /** The token of a message that nothing in the instance waits for. */
    public static final int NOBODY = 0;

    /** The token of a message whose response a node takes that may not wait yet. */
    public static final int RESPONSE = -1;
  }

  /** Answer an exchange. */
  record Reply(MessageId request, Answer answer) implements Effect {}

  /** Tell everybody in this gateway who waits for a signal of this name. */
  record Signal(String name, Body data) implements Effect {}

  /** What a call activity has to do with another instance of this gateway. */
  sealed interface Calling extends Effect {}

  /** Begin an instance of another process, for a token that waits for it. */
  record Call(InstanceId called, String process, int version, SortedMap<String, Value> data)
      implements Calling {
    public Call {
      data = Collections.unmodifiableSortedMap(data);
    }
  }

  /** Give an input to the instance that called this one, or that this one called. */
  record Tell(InstanceId instance, Input input) implements Calling {}

  /** Nobody waits for this message's delivery any more: do not try it again. */
  record Withdraw(MessageId sent) implements Effect {}

  /** Somebody should look at this instance. */
  record Incident(String node, String kind, String text) implements Effect {}
}
