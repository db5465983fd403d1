package dev.parley.turn;

import dev.parley.engine.ProcessInstance;
import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.QueueName;
import dev.parley.store.Rows.QueueRow;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.WaitingRow;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a turn may read: the store as it will be when everything decided so far has been committed.
 */
sealed interface View permits StoreView, UnitOfWork, Observed {

  /** An instance with what the store needs to know to write it again. */
  record Loaded(ProcessInstance instance, int rowVersion, long history) {}

  Optional<IdentityRow> identity(Digest identity);

  Optional<MessageRow> message(MessageId id);

  List<SubscriptionRow> subscriptions(Slot slot);

  Optional<InstanceId> holder(Digest key);

  /** Oldest first. */
  List<WaitingRow> waiting(Slot slot, int limit);

  Collection<WaitingRow> waitingUnder(Digest key);

  /** How much waits in it. */
  QueueRow queue(QueueName name);

  /** What waits in it, oldest first. */
  List<MessageId> firstWaiting(QueueName queue, int limit);

  /** Every slot that a message was committed to wait in. */
  Collection<WaitingRow> waitingOf(MessageId message);

  Optional<Loaded> instance(InstanceId id);

  Optional<OutboxRow> outbox(MessageId id);

  Optional<DeadLetterRow> deadLetter(MessageId message);

  /** By which the store's messages are known on the wire. */
  long storeId();
}
