package dev.parley.store;

import dev.parley.message.MessageId;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.KeyRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.QueueRow;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.Rows.WaitingRow;
import java.util.List;

/**
 * Everything that one commit writes. What was created and consumed within the batch is not in it;
 * each row is written once.
 *
 * @param newMessages inserted
 * @param changedMessages state, exchange, instance, answer, expiry and boot are updated by id
 * @param newInstances inserted
 * @param changedInstances updated where the stored version is one less than the row's; a lost check
 *     refuses the batch
 * @param keys inserted, or replaced: the new holder is the row's instance
 * @param changedOutbox token, state, attempts, next attempt, last error and time of replay are
 *     updated by id
 * @param incidents inserted, or closed by id
 * @param goneDeadLetters deleted by id; what is not there is not missed
 * @param queues by how much each queue grew; not stored, for it follows from the messages
 */
public record Batch(
    List<MessageRow> newMessages,
    List<MessageRow> changedMessages,
    List<IdentityRow> identities,
    List<InstanceRow> newInstances,
    List<InstanceRow> changedInstances,
    List<SubscriptionRow> newSubscriptions,
    List<SubscriptionRow> goneSubscriptions,
    List<KeyRow> keys,
    List<WaitingRow> newWaiting,
    List<WaitingRow> goneWaiting,
    List<TimerRow> newTimers,
    List<TimerRow> goneTimers,
    List<OutboxRow> newOutbox,
    List<OutboxRow> changedOutbox,
    List<HistoryRow> history,
    List<IncidentRow> incidents,
    List<DeploymentRow> deployments,
    List<DeadLetterRow> newDeadLetters,
    List<MessageId> goneDeadLetters,
    List<QueueRow> queues) {

  /** Whether there is nothing to write. */
  public boolean isEmpty() {
    return newMessages.isEmpty()
        && changedMessages.isEmpty()
        && identities.isEmpty()
        && newInstances.isEmpty()
        && changedInstances.isEmpty()
        && newSubscriptions.isEmpty()
        && goneSubscriptions.isEmpty()
        && keys.isEmpty()
        && newWaiting.isEmpty()
        && goneWaiting.isEmpty()
        && newTimers.isEmpty()
        && goneTimers.isEmpty()
        && newOutbox.isEmpty()
        && changedOutbox.isEmpty()
        && history.isEmpty()
        && incidents.isEmpty()
        && deployments.isEmpty()
        && newDeadLetters.isEmpty()
        && goneDeadLetters.isEmpty();
  }
}
