package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import org.jspecify.annotations.Nullable;

/** Everything that can move an instance. */
public sealed interface Input {

  /** Begins an instance at a node; message is null for a none start event. */
  record Started(int node, @Nullable Message message, KeySet keys) implements Input {}

  /** A receive takes a message: a token's own, or one armed besides (see {@code Catch}). */
  record Received(int catching, Message message, KeySet keys) implements Input {}

  /** A signal that is waited for was thrown. */
  record Signalled(int catching, Body data) implements Input {}

  record TimerDue(int timer) implements Input {}

  /** The partner accepted a message, and its pattern has no answer. */
  record Delivered(MessageId sent) implements Input {}

  /** The partner answered a message. */
  record Answered(MessageId sent, Body body) implements Input {}

  /** The partner answered a message with a fault. */
  record Faulted(MessageId sent, Fault fault) implements Input {}

  /** A message could not be delivered: attempts used up, refused for good, or too late. */
  record Undeliverable(MessageId sent, boolean timeout, String reason) implements Input {}
}
