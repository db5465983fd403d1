package dev.parley.store;

import dev.parley.message.MessageKind;
import dev.parley.store.Overview.DeadLetterFilter;
import dev.parley.store.Rows.Direction;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The numbers that stand for an enum's constants in the tables: their places in these lists, which
 * only ever grow at the end.
 */
final class Codes<E extends Enum<E>> {
  static final Codes<MessageKind> KIND =
      new Codes<>(
          MessageKind.class, List.of(MessageKind.INPUT, MessageKind.OUTPUT, MessageKind.FAULT));

  static final Codes<MessageState> MESSAGE_STATE =
      new Codes<>(
          MessageState.class,
          List.of(
              MessageState.WAITING,
              MessageState.CONSUMED,
              MessageState.DISCARDED,
              MessageState.COLLECTED,
              MessageState.REFUSED));

  static final Codes<ExchangeState> EXCHANGE =
      new Codes<>(
          ExchangeState.class,
          List.of(
              ExchangeState.NONE,
              ExchangeState.OPEN,
              ExchangeState.ANSWERED,
              ExchangeState.ABANDONED));

  static final Codes<InstanceStatus> STATUS =
      new Codes<>(
          InstanceStatus.class,
          List.of(
              InstanceStatus.LIVE,
              InstanceStatus.COMPLETED,
              InstanceStatus.TERMINATED,
              InstanceStatus.FAULTED));

  static final Codes<OutboxState> OUTBOX_STATE =
      new Codes<>(
          OutboxState.class,
          List.of(
              OutboxState.PENDING,
              OutboxState.DELIVERED,
              OutboxState.FAILED,
              OutboxState.CANCELLED));

  static final Codes<Direction> DIRECTION =
      new Codes<>(Direction.class, List.of(Direction.INBOUND, Direction.OUTBOUND));

  private final List<E> byCode;
  private final Map<E, Integer> codes;

  private Codes(Class<E> type, List<E> byCode) {
    this.byCode = byCode;
    this.codes = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      int code = byCode.indexOf(constant);
      if (code < 0) {
        throw new IllegalStateException(type.getSimpleName() + "." + constant + " has no code");
      }
      codes.put(constant, code);
    }
  }

  int of(E constant) {
    return codes.getOrDefault(constant, -1);
  }

  /** That of a filter; -1 where it leaves it open. */
  static int direction(DeadLetterFilter filter) {
    return filter.direction() == null ? -1 : DIRECTION.of(filter.direction());
  }

  E at(int code) {
    return byCode.get(code);
  }
}
