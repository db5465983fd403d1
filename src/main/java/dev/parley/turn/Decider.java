package dev.parley.turn;

import dev.parley.message.Answer;
import dev.parley.message.FaultKind;
import dev.parley.message.MessageId;
import dev.parley.store.StoreException;
import dev.parley.turn.Journey.Circumstances;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides a batch of inputs, one after another, in memory. Touches no wire and writes nothing. */
final class Decider {
  private static final Logger LOG = LoggerFactory.getLogger(Decider.class);

  /**
   * A decided batch.
   *
   * @param verdicts one for each input, in order
   * @param answers of exchanges, by request
   */
  record Decided(UnitOfWork work, List<Verdict> verdicts, Map<MessageId, Answer> answers) {}

  private Decider() {}

  /** Each input decides alone: one that throws is undone and answered alone, the others go on. */
  static Decided decide(
      List<TurnInput> inputs, View below, Deployments deployments, Circumstances given) {
    var batch = new UnitOfWork(below);
    var verdicts = new ArrayList<Verdict>(inputs.size());
    var answers = new LinkedHashMap<MessageId, Answer>();
    for (var input : inputs) {
      var work = new UnitOfWork(batch);
      var journey = new Journey(work, deployments, given);
      try {
        verdicts.add(journey.decide(input));
        answers.putAll(journey.answers());
        batch.absorb(work);
      } catch (StoreException e) {
        throw e;
      } catch (RuntimeException | StackOverflowError e) {
        LOG.error("A turn failed and was undone: {}", input.getClass().getSimpleName(), e);
        verdicts.add(new Verdict.Answered(failed()));
      }
    }
    return new Decided(batch, verdicts, answers);
  }

  private static Answer failed() {
    return Answer.refused(
        FaultKind.UNAVAILABLE,
        "The gateway failed to process this message; nothing of it was kept",
        "Send it again; the gateway's log says more to its operator.");
  }
}
