package dev.parley.store;

import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.WaitingRow;
import dev.parley.store.Write.Session;
import java.sql.SQLException;

/** Writes messages on their way in and out. */
final class MessageTables {
  private final Write<MessageRow> newMessage =
      new Write<>(
          "insert into message (%s, state, exchange, instance, boot, answer, expires_at)"
                  .formatted(Row.MESSAGE)
              + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          (to, row) -> outcome(to.message(row.message()), row));

  private final Write<MessageRow> changedMessage =
      new Write<>(
          "update message set state = ?, exchange = ?, instance = ?, boot = ?, answer = ?,"
              + " expires_at = ? where id = ?",
          (to, row) -> outcome(to, row).number(row.id().value()));

  private final Write<WaitingRow> newWaiting =
      new Write<>(
          "insert into waiting (key, operation, kind, message) values (?, ?, ?, ?)",
          (to, row) -> waiting(to, row));

  private final Write<WaitingRow> goneWaiting =
      new Write<>(
          "delete from waiting where key = ? and operation = ? and kind = ? and message = ?",
          (to, row) -> waiting(to, row));

  private final Write<OutboxRow> newOutbox =
      new Write<>(
          "insert into outbox (%s, instance, token, endpoint, policy, state, attempts, next_attempt, last_error, gateway)"
                  .formatted(Row.MESSAGE)
              + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          (to, row) -> outbox(to, row));

  private final Write<OutboxRow> changedOutbox =
      new Write<>(
          "update outbox set token = ?, replayed_at = ?, state = ?, attempts = ?, next_attempt = ?,"
              + " last_error = ?, gateway = ? where id = ?",
          (to, row) ->
              attempts(to.number(row.token()).instant(row.replayedAt()), row)
                  .number(row.id().value()));

  private final Session session;
  private final RecentIdentities identities;

  MessageTables(Session session, RecentIdentities identities) {
    this.session = session;
    this.identities = identities;
  }

  void write(Batch batch) throws SQLException {
    newMessage.all(batch.newMessages(), session);
    changedMessage.all(batch.changedMessages(), session);
    identities.write(batch.identities());
    goneWaiting.all(batch.goneWaiting(), session);
    newWaiting.all(batch.newWaiting(), session);
    newOutbox.all(batch.newOutbox(), session);
    changedOutbox.all(batch.changedOutbox(), session);
  }

  private static Parameters outcome(Parameters to, MessageRow row) throws SQLException {
    var answer = row.answer();
    return to.number(Codes.MESSAGE_STATE.of(row.state()))
        .number(Codes.EXCHANGE.of(row.exchange()))
        .instance(row.instance())
        .number(row.boot())
        .bytes(answer == null ? null : Codec.encode(answer))
        .instant(row.expiresAt());
  }

  private static void waiting(Parameters to, WaitingRow row) throws SQLException {
    to.slot(row.slot()).number(row.message().value());
  }

  private static void outbox(Parameters to, OutboxRow row) throws SQLException {
    to.message(row.message())
        .instance(row.instance())
        .number(row.token())
        .text(row.endpoint())
        .bytes(row.policy().bytes());
    attempts(to, row);
  }

  private static Parameters attempts(Parameters to, OutboxRow row) throws SQLException {
    return to.number(Codes.OUTBOX_STATE.of(row.state()))
        .number(row.attempts())
        .instant(row.nextAttempt())
        .text(row.lastError())
        .number(row.gateway());
  }
}
