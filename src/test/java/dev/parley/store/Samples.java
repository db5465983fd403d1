package dev.parley.store;

import dev.parley.message.Blob;
import dev.parley.message.Body;
import dev.parley.message.Digest;
import dev.parley.message.Headers;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.store.Rows.DeploymentRow;
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
import dev.parley.store.Rows.WaitingRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import javax.xml.namespace.QName;

/** Rows to store. */
final class Samples {
  static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");
  static final OperationName ORDER =
      new OperationName(new QName("urn:orders", "Orders"), "placeOrder");
  static final OperationName CANCEL =
      new OperationName(new QName("urn:orders", "Orders"), "cancelOrder");
  static final Digest ORDER_7 = Digest.of("order", "7");
  static final Digest ORDER_8 = Digest.of("order", "8");
  static final Slot ORDER_7_CANCEL = new Slot(ORDER_7, CANCEL, MessageKind.INPUT);
  static final Slot ORDER_7_PLACE = new Slot(ORDER_7, ORDER, MessageKind.INPUT);
  static final Slot ORDER_8_CANCEL = new Slot(ORDER_8, CANCEL, MessageKind.INPUT);

  private Samples() {}

  static Blob blob(String text) {
    return Blob.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static MessageId id(long id) {
    return new MessageId(id);
  }

  static InstanceId instance(long id) {
    return new InstanceId(id);
  }

  static Message message(long id, OperationName operation) {
    return new Message(
        id(id),
        "fulfilment",
        operation,
        MessageKind.INPUT,
        Body.of("<order xmlns='urn:orders'>" + id + " Ä</order>"),
        Headers.NONE,
        "");
  }

  static MessageRow waiting(long id, Instant expiresAt) {
    return new MessageRow(
        message(id, CANCEL), MessageState.WAITING, ExchangeState.OPEN, null, 1, null, expiresAt);
  }

  static WaitingRow waitingIn(Slot slot, long message) {
    return new WaitingRow(slot, id(message));
  }

  static IdentityRow identity(String identity, long message) {
    return new IdentityRow(Digest.of("identity", identity), id(message), 7 * message);
  }

  static InstanceRow live(long id, int version, String state) {
    return new InstanceRow(instance(id), 1, version, InstanceStatus.LIVE, blob(state), Map.of(), 0);
  }

  static InstanceRow with(InstanceRow row, Map<Long, Blob> items) {
    return new InstanceRow(
        row.id(), row.definition(), row.version(), row.status(), row.state(), items, row.history());
  }

  static InstanceRow ended(InstanceRow row, InstanceStatus status) {
    return new InstanceRow(
        row.id(),
        row.definition(),
        row.version() + 1,
        status,
        row.state(),
        row.items(),
        row.history());
  }

  static OutboxRow pending(long id, Instant nextAttempt) {
    return new OutboxRow(
        message(id, ORDER),
        instance(1),
        3,
        "http://partner.example/orders",
        blob("policy"),
        OutboxState.PENDING,
        0,
        nextAttempt,
        "");
  }

  static OutboxRow tried(OutboxRow row, OutboxState state, Instant next, String error) {
    return new OutboxRow(
        row.message(),
        row.instance(),
        row.token(),
        row.endpoint(),
        row.policy(),
        state,
        row.attempts() + 1,
        next,
        error,
        row.replayedAt(),
        row.gateway());
  }

  static HistoryRow turn(long id, long instance, long previous) {
    return new HistoryRow(id, instance(instance), previous, NOON.plusSeconds(id), blob("turn"));
  }

  static DeploymentRow deployment(long id, int generation, Map<String, Integer> definitions) {
    return new DeploymentRow(
        id,
        generation,
        "orders",
        Digest.of("bundle", "" + id),
        definitions,
        definitions,
        blob("archive " + id));
  }
}
