package dev.parley.store;

import dev.parley.message.MessageId;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Write.Session;
import java.sql.SQLException;

/** Writes what operators deploy and look at. */
final class OperatorTables {

  private final Write<IncidentRow> incident =
      new Write<>(
          "insert into incident (id, instance, node, kind, text, at, open)"
              + " values (?, ?, ?, ?, ?, ?, ?)"
              + " on conflict (id) do update set open = excluded.open",
          (to, row) ->
              to.number(row.id())
                  .instance(row.instance())
                  .text(row.node())
                  .text(row.kind())
                  .text(row.text())
                  .instant(row.at())
                  .number(row.open() ? 1 : 0));

  private final Write<DeploymentRow> deployment =
      new Write<>(
          "insert into deployment (id, generation, bundle, content, archive)"
              + " values (?, ?, ?, ?, ?)",
          (to, row) ->
              to.number(row.id())
                  .number(row.generation())
                  .text(row.bundle())
                  .digest(row.content())
                  .bytes(row.archive().bytes()));

  private final Write<Deployed> deployed =
      new Write<>(
          "insert into deployed (deployment, process, definition, version) values (?, ?, ?, ?)",
          (to, row) ->
              to.number(row.deployment())
                  .process(row.process())
                  .number(row.definition())
                  .number(row.version()));

  private final Write<DeadLetterRow> deadLetter =
      new Write<>(
          "insert into dead_letter (message, direction, process, operation, at, reason, text)"
              + " values (?, ?, ?, ?, ?, ?, ?)",
          (to, row) ->
              to.number(row.message().value())
                  .number(Codes.DIRECTION.of(row.direction()))
                  .process(row.process())
                  .operation(row.operation())
                  .instant(row.at())
                  .text(row.reason())
                  .text(row.text()));

  private final Write<MessageId> goneDeadLetter =
      new Write<>("delete from dead_letter where message = ?", (to, id) -> to.number(id.value()));

  private final Session session;

  OperatorTables(Session session) {
    this.session = session;
  }

  void write(Batch batch) throws SQLException {
    incident.all(batch.incidents(), session);
    goneDeadLetter.all(batch.goneDeadLetters(), session);
    deadLetter.all(batch.newDeadLetters(), session);
    deployment.all(batch.deployments(), session);
    for (var row : batch.deployments()) {
      deployed.all(Deployed.of(row), session);
    }
  }
}
