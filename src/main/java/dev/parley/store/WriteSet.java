package dev.parley.store;

import dev.parley.message.MessageId;
import dev.parley.store.Leftovers.Ended;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.KeyRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Rows.WaitingRow;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What a commit wrote that a decision can rest on. Rows that nobody can know of are not in it. */
public record WriteSet(Set<Long> items) {
  public WriteSet {
    items = Set.copyOf(items);
  }

  /** Of everything in a batch. */
  public static WriteSet of(Batch batch) {
    // Of one that changed it is not known whether it waited before.
    var queued = concat(queued(batch.newMessages()), batch.changedMessages());
    var subscriptions = concat(batch.newSubscriptions(), batch.goneSubscriptions());
    var waiting = concat(batch.newWaiting(), batch.goneWaiting());
    var items =
        Stream.of(
                items(batch.changedMessages(), (MessageRow r) -> Item.message(r.id())),
                items(queued, (MessageRow r) -> Item.queue(r.queue())),
                items(batch.identities(), (IdentityRow r) -> Item.identity(r.identity())),
                items(batch.changedInstances(), (InstanceRow r) -> Item.instance(r.id())),
                items(subscriptions, (SubscriptionRow r) -> Item.subscriptions(r.slot())),
                items(batch.keys(), (KeyRow r) -> Item.holder(r.key())),
                items(waiting, (WaitingRow r) -> Item.waitingUnder(r.slot().key())),
                items(waiting, (WaitingRow r) -> Item.waitingOf(r.message())),
                items(batch.changedOutbox(), (OutboxRow r) -> Item.outbox(r.id())),
                items(batch.newDeadLetters(), (DeadLetterRow r) -> Item.deadLetter(r.message())),
                items(batch.goneDeadLetters(), Item::deadLetter),
                items(batch.deployments(), _ -> Item.DEPLOYMENTS))
            .flatMapToLong(s -> s);
    return of(items);
  }

  /** Of what no decision rests on. */
  static WriteSet none() {
    return new WriteSet(Set.of());
  }

  /** Of finding that a gateway has ended, or that one has come. */
  public static WriteSet ofGateways() {
    return new WriteSet(Set.of(Item.GATEWAYS));
  }

  /** Of removing rows of messages. */
  static WriteSet ofMessages(Collection<Long> ids) {
    return of(items(ids, id -> Item.message(new MessageId(id))));
  }

  /** Of removing rows of outbound messages. */
  static WriteSet ofOutbox(Collection<Long> ids) {
    return of(items(ids, id -> Item.outbox(new MessageId(id))));
  }

  /** Of removing instances and the messages that they took. */
  static WriteSet ofEnded(List<Ended> ended) {
    var messages = ended.stream().flatMap(e -> e.messages().stream()).toList();
    return of(
        LongStream.concat(
            items(ended, (Ended e) -> Item.instance(e.instance())),
            items(messages, Item::message)));
  }

  /** Whether gateways have ended or come. */
  boolean isOfGateways() {
    return items.contains(Item.GATEWAYS);
  }

  private static WriteSet of(LongStream items) {
    return new WriteSet(items.boxed().collect(Collectors.toSet()));
  }

  private static List<MessageRow> queued(List<MessageRow> rows) {
    return rows.stream().filter(r -> r.state() == MessageState.WAITING).toList();
  }

  private static <R> Collection<R> concat(Collection<R> some, Collection<R> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  private static <R> LongStream items(Collection<R> rows, ToLongFunction<R> item) {
    return rows.stream().mapToLong(item);
  }

  /** As it is stored. */
  byte[] toBytes() {
    var bytes = ByteBuffer.allocate(items.size() * Long.BYTES);
    items.forEach(bytes::putLong);
    return bytes.array();
  }

  static WriteSet ofBytes(byte[] stored) {
    var longs = ByteBuffer.wrap(stored).asLongBuffer();
    return of(LongStream.generate(longs::get).limit(longs.remaining()));
  }
}
