package dev.parley.store;

import static dev.parley.store.PostgresColumn.big;
import static dev.parley.store.PostgresColumn.bigOrNull;
import static dev.parley.store.PostgresColumn.bytes;
import static dev.parley.store.PostgresColumn.digest;
import static dev.parley.store.PostgresColumn.small;
import static dev.parley.store.PostgresColumn.text;

import dev.parley.message.Message;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.WaitingRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Writes messages on their way in and out. */
final class PostgresMessages {
  private static final List<PostgresColumn<MessageRow>> OUTCOME =
      List.of(
          small("state", r -> Codes.MESSAGE_STATE.of(r.state())),
          small("exchange", r -> Codes.EXCHANGE.of(r.exchange())),
          bigOrNull("instance", r -> r.instance() == null ? null : r.instance().value()),
          small("boot", MessageRow::boot),
          bytes("answer", r -> r.answer() == null ? null : Codec.encode(r.answer())),
          bigOrNull(
              "expires_at", r -> r.expiresAt() == null ? null : r.expiresAt().toEpochMilli()));

  private static final List<PostgresColumn<OutboxRow>> ATTEMPTS =
      List.of(
          big("token", OutboxRow::token),
          bigOrNull(
              "replayed_at", r -> r.replayedAt() == null ? null : r.replayedAt().toEpochMilli()),
          small("state", r -> Codes.OUTBOX_STATE.of(r.state())),
          small("attempts", OutboxRow::attempts),
          big("next_attempt", r -> r.nextAttempt().toEpochMilli()),
          text("last_error", OutboxRow::lastError),
          small("gateway", OutboxRow::gateway));

  private final PostgresWrite<MessageRow> newMessage;
  private final PostgresWrite<MessageRow> changedMessage =
      PostgresWrite.update("message", with(List.of(big("id", r -> r.id().value())), OUTCOME), "");

  private final PostgresWrite<WaitingRow> newWaiting;
  private final PostgresWrite<WaitingRow> goneWaiting;
  private final PostgresWrite<OutboxRow> newOutbox;
  private final PostgresWrite<OutboxRow> changedOutbox =
      PostgresWrite.update("outbox", with(List.of(big("id", r -> r.id().value())), ATTEMPTS), "");

  private final PostgresIdentities identities;

  PostgresMessages(PostgresNames names, PostgresIdentities identities) {
    this.identities = identities;
    newMessage =
        PostgresWrite.insert("message", with(message(names, MessageRow::message), OUTCOME));
    List<PostgresColumn<WaitingRow>> waiting =
        List.of(
            digest("key", r -> r.slot().key()),
            small("operation", r -> names.number(r.slot().operation())),
            small("kind", r -> Codes.KIND.of(r.slot().kind())),
            big("message", r -> r.message().value()));
    newWaiting = PostgresWrite.insert("waiting", waiting);
    goneWaiting = PostgresWrite.delete("waiting", waiting);
    List<PostgresColumn<OutboxRow>> outbox =
        List.of(
            big("instance", r -> r.instance().value()),
            text("endpoint", OutboxRow::endpoint),
            bytes("policy", r -> r.policy().bytes()));
    newOutbox =
        PostgresWrite.insert(
            "outbox", with(message(names, OutboxRow::message), with(outbox, ATTEMPTS)));
  }

  /** Messages come first, by id: whoever has them has their places in the queues. */
  void write(Batch batch, Connection to) throws SQLException {
    newMessage.all(batch.newMessages(), to);
    changedMessage.all(batch.changedMessages(), to);
    identities.write(PostgresInstances.sorted(batch.identities(), IdentityRow::identity), to);
    goneWaiting.all(batch.goneWaiting(), to);
    // Places are given in this order.
    newWaiting.all(
        batch.newWaiting().stream().sorted(Comparator.comparing(WaitingRow::message)).toList(), to);
    newOutbox.all(batch.newOutbox(), to);
    changedOutbox.all(batch.changedOutbox(), to);
  }

  /** As {@link Row#MESSAGE} lists them. */
  private static <R> List<PostgresColumn<R>> message(
      PostgresNames names, Function<R, Message> message) {
    return List.of(
        big("id", r -> message.apply(r).id().value()),
        small("process", r -> names.number(message.apply(r).process())),
        small("operation", r -> names.number(message.apply(r).operation())),
        small("kind", r -> Codes.KIND.of(message.apply(r).kind())),
        text("sender", r -> message.apply(r).sender()),
        bytes(
            "headers",
            r -> Codec.encode(message.apply(r).headers(), message.apply(r).body().type())),
        bytes("body", r -> message.apply(r).body().bytes()));
  }

  private static <R> List<PostgresColumn<R>> with(
      List<PostgresColumn<R>> columns, List<PostgresColumn<R>> more) {
    var all = new ArrayList<>(columns);
    all.addAll(more);
    return List.copyOf(all);
  }
}
