package dev.parley.turn;

import dev.parley.deployment.DeliveryPolicy;
import dev.parley.deployment.ServicePort;
import dev.parley.message.BlobReader;
import dev.parley.message.Fault;
import dev.parley.message.MessageExchangePattern.FaultRule;
import dev.parley.message.MessageExchangePattern.Second;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.wsdl.Operation;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an outbound message travels, read from where it came from.
 *
 * @param contract the port whose binding says how it is written; null towards a process of this
 *     gateway
 * @param answerWithin how long its answer is awaited; null: as long as it is delivered
 * @param fault what it is instead of one of the operation's messages; null where it is none
 * @param given its address came in a message
 * @param isAnswer it answers a request: nothing is expected in return
 */
public record Dispatch(
    Operation operation,
    @Nullable ServicePort contract,
    DeliveryPolicy delivery,
    @Nullable Duration answerWithin,
    @Nullable Fault fault,
    boolean given,
    boolean isAnswer) {
  static final int OF_NODE = 0;
  static final int OF_ANSWER = 1;

  /** Throws NullPointerException where the process definition is not loaded. */
  public static Dispatch of(OutboxRow row, Deployments deployments) {
    var origin = new BlobReader(row.policy());
    return origin.integer() == OF_NODE
        ? Outgoings.dispatch(row, origin, deployments)
        : Answering.dispatch(row, origin, deployments);
  }

  /** Whether its partner may leave out the answer, and has a time in which to do so. */
  public boolean mayStaySilent() {
    return answerWithin != null && operation.pattern().second() == Second.OPTIONAL;
  }

  /** Whether its partner may hold it back for a while, and acknowledges it then. */
  public boolean mayBeHeld() {
    var pattern = operation.pattern();
    return !isAnswer
        && pattern.second() != Second.REQUIRED
        && pattern.faultRule() != FaultRule.NO_FAULTS;
  }

  /** An answer that is awaited for a while is awaited for so long in all, not by each attempt. */
  public DeliveryPolicy policy() {
    return answerWithin != null && answerWithin.compareTo(delivery.deadline()) < 0
        ? delivery.within(answerWithin)
        : delivery;
  }
}
