package dev.parley.engine;

import dev.parley.message.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What history keeps of one turn: enough to draw the instance's path and to replay it.
 *
 * @param input messages by reference: their body is in the message's own row
 * @param now the time the turn was decided at
 * @param ids given in it, in order: of messages it sent and of instances it called
 * @param answered requests it answered
 */
public record Turn(
    RecordedInput input,
    Instant now,
    List<Integer> path,
    List<MessageId> ids,
    List<MessageId> answered) {
  public Turn {
    path = List.copyOf(path);
    ids = List.copyOf(ids);
    answered = List.copyOf(answered);
  }

  /** An input as history keeps it: a message's body is looked up, everything else is here. */
  public sealed interface RecordedInput {
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
              new RecordedInput.Started(node, message.id());
          case Input.Received(int token, var message, var _) ->
              new RecordedInput.Received(token, message.id());
          default -> new RecordedInput.Other(input);
        };
    var given = step.effects().stream().flatMap(e -> given(e).stream()).toList();
    var answered =
        step.effects().stream()
            .filter(Effect.Reply.class::isInstance)
            .map(e -> ((Effect.Reply) e).request())
            .toList();
    return new Turn(recorded, now, step.path(), given, answered);
  }

  private static Optional<MessageId> given(Effect effect) {
    return switch (effect) {
      case Effect.Send send -> Optional.of(send.id());
      case Effect.Call call -> Optional.of(new MessageId(call.called().value()));
      default -> Optional.empty();
    };
  }
}
