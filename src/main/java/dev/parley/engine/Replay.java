package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.correlation.MessageKeys;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.Turn.RecordedInput;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import java.util.List;
import java.util.function.Function;

/** Runs an instance's recorded turns again: the result is its state, byte for byte. */
public final class Replay {
  private final ExecutableProcess process;
  private final Function<MessageId, Message> messages;
  private final Engine engine = new Engine();

  /** Messages gives the message that a turn took in, by id. */
  public Replay(ExecutableProcess process, Function<MessageId, Message> messages) {
    this.process = process;
    this.messages = messages;
  }

  /**
   * The instance after the last of these turns, which must be all of its turns from the first one.
   */
  public ProcessInstance replay(InstanceId id, int definition, List<Turn> turns) {
    var instance = Engine.unborn(id, definition);
    for (var turn : turns) {
      var ids = turn.ids().iterator();
      var moment = new Moment(turn.now(), () -> ids.next().value());
      instance = engine.step(process, instance, input(turn.input()), moment).instance();
    }
    return instance;
  }

  private Input input(RecordedInput recorded) {
    return switch (recorded) {
      case RecordedInput.Started(int node, var id) -> {
        var message = messages.apply(id);
        yield new Input.Started(node, message, keys(message));
      }
      case RecordedInput.Received(int token, var id) -> {
        var message = messages.apply(id);
        yield new Input.Received(token, message, keys(message));
      }
      case RecordedInput.Other(var input) -> input;
    };
  }

  private KeySet keys(Message message) {
    return MessageKeys.of(process, message);
  }
}
