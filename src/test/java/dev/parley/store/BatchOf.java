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
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.Rows.WaitingRow;
import java.util.ArrayList;
import java.util.List;

/** Says what a batch holds, a kind of row at a time. */
final class BatchOf {
  private final Batch batch =
      new Batch(
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          new ArrayList<>(),
          List.of());

  Batch batch() {
    return batch;
  }

  BatchOf newMessages(MessageRow... rows) {
    return add(batch.newMessages(), List.of(rows));
  }

  BatchOf changedMessages(MessageRow... rows) {
    return add(batch.changedMessages(), List.of(rows));
  }

  BatchOf identities(IdentityRow... rows) {
    return add(batch.identities(), List.of(rows));
  }

  BatchOf newDeadLetters(DeadLetterRow... rows) {
    return add(batch.newDeadLetters(), List.of(rows));
  }

  BatchOf goneDeadLetters(MessageId... ids) {
    return add(batch.goneDeadLetters(), List.of(ids));
  }

  BatchOf newInstances(InstanceRow... rows) {
    return add(batch.newInstances(), List.of(rows));
  }

  BatchOf changedInstances(InstanceRow... rows) {
    return add(batch.changedInstances(), List.of(rows));
  }

  BatchOf newSubscriptions(SubscriptionRow... rows) {
    return add(batch.newSubscriptions(), List.of(rows));
  }

  BatchOf goneSubscriptions(SubscriptionRow... rows) {
    return add(batch.goneSubscriptions(), List.of(rows));
  }

  BatchOf keys(KeyRow... rows) {
    return add(batch.keys(), List.of(rows));
  }

  BatchOf newWaiting(WaitingRow... rows) {
    return add(batch.newWaiting(), List.of(rows));
  }

  BatchOf goneWaiting(WaitingRow... rows) {
    return add(batch.goneWaiting(), List.of(rows));
  }

  BatchOf newTimers(TimerRow... rows) {
    return add(batch.newTimers(), List.of(rows));
  }

  BatchOf goneTimers(TimerRow... rows) {
    return add(batch.goneTimers(), List.of(rows));
  }

  BatchOf newOutbox(OutboxRow... rows) {
    return add(batch.newOutbox(), List.of(rows));
  }

  BatchOf changedOutbox(OutboxRow... rows) {
    return add(batch.changedOutbox(), List.of(rows));
  }

  BatchOf history(HistoryRow... rows) {
    return add(batch.history(), List.of(rows));
  }

  BatchOf incidents(IncidentRow... rows) {
    return add(batch.incidents(), List.of(rows));
  }

  BatchOf deployments(DeploymentRow... rows) {
    return add(batch.deployments(), List.of(rows));
  }

  private <R> BatchOf add(List<R> list, List<R> rows) {
    list.addAll(rows);
    return this;
  }
}
