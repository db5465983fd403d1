package dev.parley.bench;

import dev.parley.message.Blob;
import dev.parley.message.Body;
import dev.parley.message.Digest;
import dev.parley.message.Headers;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.store.Batch;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.SqliteStore;
import dev.parley.store.Store;
import dev.parley.store.StoreUnusable;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import javax.xml.namespace.QName;

/** The product's own store, through its port. */
final class StoreTarget implements Target {
  private static final OperationName OPERATION =
      new OperationName(new QName("urn:orders", "Orders"), "confirm");
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final int IDENTITIES = 500_000;
  private static final int AT_ONCE = 1000;

  private final Path folder;
  private final boolean outbox;
  private final Store store;

  StoreTarget(Path folder, boolean outbox) throws StoreUnusable {
    this.folder = folder;
    this.outbox = outbox;
    this.store = SqliteStore.open(folder);
    populate();
  }

  @Override
  public boolean pipelined() {
    return true;
  }

  @Override
  public void decide(List<Step> steps) {
    var identities = store.identities(steps.stream().map(step -> step.identity).toList());
    var subscriptions =
        store.subscriptions(steps.stream().map(step -> slot(step.instance)).toList());
    var instances =
        store.instances(steps.stream().map(step -> new InstanceId(step.instance)).toList());
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      step.token = subscriptions.get(i).token();
      step.version = Objects.requireNonNull(instances.get(new InstanceId(step.instance))).version();
      if (identities.containsKey(step.identity)) {
        throw new IllegalStateException("Expected a new identity");
      }
    }
  }

  @Override
  public void commit(List<Step> steps) {
    var batch = empty();
    for (var step : steps) {
      var instance = new InstanceId(step.instance);
      batch
          .newMessages()
          .add(
              new MessageRow(
                  message(step.id),
                  MessageState.CONSUMED,
                  ExchangeState.NONE,
                  instance,
                  1,
                  null,
                  null));
      batch.identities().add(new IdentityRow(step.identity, new MessageId(step.id), 0));
      batch.changedInstances().add(instance(step.instance, step.version + 1, step.id));
      batch.goneSubscriptions().add(subscription(step.instance, step.token));
      batch.newSubscriptions().add(subscription(step.instance, step.token + 1));
      batch.history().add(new HistoryRow(step.id, instance, 0, NOW, Blob.of(Step.TURN)));
      if (outbox) {
        batch.newOutbox().add(outbound(step));
      }
    }
    store.commit(batch);
  }

  @Override
  public void close() {
    store.close();
  }

  @Override
  public String toString() {
    return "product: " + Sizes.of(folder.resolve("parley.db"));
  }

  private void populate() {
    for (int i = 1; i <= Step.INSTANCES; i += AT_ONCE) {
      var batch = empty();
      for (int j = i; j < i + AT_ONCE; j++) {
        batch.newInstances().add(instance(j, 1, 0));
        batch.newSubscriptions().add(subscription(j, 1));
      }
      store.commit(batch);
    }
    var random = ThreadLocalRandom.current();
    for (int i = 0; i < IDENTITIES; i += AT_ONCE) {
      var batch = empty();
      for (int j = i; j < i + AT_ONCE; j++) {
        batch
            .identities()
            .add(
                new IdentityRow(
                    new Digest(random.nextLong(), random.nextLong()), new MessageId(j), 0));
      }
      store.commit(batch);
    }
  }

  private static Slot slot(long instance) {
    return new Slot(Step.key(instance), OPERATION, MessageKind.INPUT);
  }

  private static SubscriptionRow subscription(long instance, long token) {
    return new SubscriptionRow(slot(instance), new InstanceId(instance), token);
  }

  private static InstanceRow instance(long id, int version, long history) {
    return new InstanceRow(
        new InstanceId(id),
        1,
        version,
        InstanceStatus.LIVE,
        Blob.of(Step.STATE),
        Map.of(1L, Blob.of(Step.ITEM)),
        history);
  }

  private static Message message(long id) {
    return new Message(
        new MessageId(id),
        "orders",
        OPERATION,
        MessageKind.INPUT,
        Body.of(Step.BODY),
        Headers.NONE,
        "");
  }

  private static OutboxRow outbound(Step step) {
    return new OutboxRow(
        message(step.id),
        new InstanceId(step.instance),
        0,
        "http://partner.example/",
        Blob.of(new byte[1]),
        OutboxState.PENDING,
        0,
        NOW,
        "");
  }

  /** A batch to fill. */
  static Batch empty() {
    return new Batch(
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
  }
}
