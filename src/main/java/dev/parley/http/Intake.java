package dev.parley.http;

import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.message.Message;
import dev.parley.turn.Door;
import dev.parley.turn.Time;
import dev.parley.turn.TurnInput;
import dev.parley.turn.Turns;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Where requests become inputs, and wait for the turn that decides them.
 *
 * @param door for messages
 */
public record Intake(Turns turns, Door door, Time time) {
  /** Turns take milliseconds; a store that takes longer than this hangs. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  Answer submit(Message message) {
    return decided(door.submit(message));
  }

  Answer submit(TurnInput input) {
    return decided(turns.submit(input));
  }

  private Answer decided(CompletableFuture<Answer> coming) {
    try {
      return time.await(coming, PATIENCE);
    } catch (TimeoutException e) {
      return unavailable("The input could not be stored within " + PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unavailable("The gateway stops");
    } catch (ExecutionException e) {
      throw new IllegalStateException("Expected a refusal to be an answer", e.getCause());
    }
  }

  private static Answer unavailable(String reason) {
    return Answer.refused(FaultKind.UNAVAILABLE, reason, "Send it again.");
  }
}
