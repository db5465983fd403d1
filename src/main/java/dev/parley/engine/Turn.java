package dev.parley.engine;

import dev.parley.message.MessageId;
import java.time.Instant;
import java.util.List;

/**
 * What history keeps of one turn: enough to draw the instance's path and to replay it.
 *
 * @param input messages by reference: their body is in the message's own row
 * @param now the time the turn was decided at
 * @param sent ids of the messages it sent, in order
 * @param answered requests it answered
 */
public record Turn(
    RecordedInput input,
    Instant now,
    List<Integer> path,
    List<MessageId> sent,
    List<MessageId> answered) {
  public Turn {
    path = List.copyOf(path);
    sent = List.copyOf(sent);
    answered = List.copyOf(answered);
  }

  /** An input as history keeps it: a message's body is looked up, everything else is here. */
  public sealed interface RecordedInput {
    /** The message is {@code MessageId(0)} for a none start event. */
    record Started(int node, MessageId message) implements RecordedInput {}

    record Received(int token, MessageId message) implements RecordedInput {}

    /** Any other input, whole. */
    record Other(Input input) implements RecordedInput {}
  }

  /** The turn that a step was. */
  public static Turn of(Input input, Step step, Instant now) {
    var recorded =
        switch (input) {
          case Input.Started(int node, var message, var _) ->
              new RecordedInput.Started(node, message == null ? Engine.NONE : message.id());
          case Input.Received(int token, var message, var _) ->
              new RecordedInput.Received(token, message.id());
          case Input.Signalled _,
              Input.TimerDue _,
              Input.Delivered _,
              Input.Answered _,
              Input.Faulted _,
              Input.Undeliverable _ ->
              new RecordedInput.Other(input);
        };
    var sent =
        step.effects().stream()
            .filter(Effect.Send.class::isInstance)
            .map(e -> ((Effect.Send) e).id())
            .toList();
    var answered =
        step.effects().stream()
            .filter(Effect.Reply.class::isInstance)
            .map(e -> ((Effect.Reply) e).request())
            .toList();
    return new Turn(recorded, now, step.path(), sent, answered);
  }
}
