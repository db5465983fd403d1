package dev.parley.store;

import static dev.parley.store.PostgresColumn.big;
import static dev.parley.store.PostgresColumn.bytes;
import static dev.parley.store.PostgresColumn.digest;
import static dev.parley.store.PostgresColumn.small;
import static dev.parley.store.PostgresColumn.text;

import dev.parley.message.MessageId;
import dev.parley.store.Rows.DeadLetterRow;
import dev.parley.store.Rows.DeploymentRow;
import dev.parley.store.Rows.IncidentRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes what operators deploy and look at. */
final class PostgresOperators {
  private final PostgresWrite<IncidentRow> incident =
      PostgresWrite.insert(
          "incident",
          List.of(
              big("id", IncidentRow::id),
              big("instance", r -> r.instance().value()),
              big("at", r -> r.at().toEpochMilli()),
              small("open", r -> r.open() ? 1 : 0),
              text("node", IncidentRow::node),
              text("kind", IncidentRow::kind),
              text("text", IncidentRow::text)),
          "on conflict (id) do update set open = excluded.open");

  private final PostgresWrite<DeploymentRow> deployment =
      PostgresWrite.insert(
          "deployment",
          List.of(
              big("id", DeploymentRow::id),
              small("generation", DeploymentRow::generation),
              text("bundle", DeploymentRow::bundle),
              digest("content", DeploymentRow::content),
              bytes("archive", r -> r.archive().bytes())));

  private final PostgresWrite<DeadLetterRow> deadLetter;
  private final PostgresWrite<MessageId> goneDeadLetter =
      PostgresWrite.delete("dead_letter", List.of(big("message", MessageId::value)));

  private final PostgresWrite<Deployed> deployed;

  PostgresOperators(PostgresNames names) {
    deadLetter =
        PostgresWrite.insert(
            "dead_letter",
            List.of(
                big("message", r -> r.message().value()),
                big("at", r -> r.at().toEpochMilli()),
                small("process", r -> names.number(r.process())),
                small("operation", r -> names.number(r.operation())),
                small("direction", r -> Codes.DIRECTION.of(r.direction())),
                text("reason", DeadLetterRow::reason),
                text("text", DeadLetterRow::text)));
    deployed =
        PostgresWrite.insert(
            "deployed",
            List.of(
                big("deployment", Deployed::deployment),
                small("process", r -> names.number(r.process())),
                small("definition", Deployed::definition),
                small("version", Deployed::version)));
  }

  void write(Batch batch, Connection to) throws SQLException {
    incident.all(batch.incidents(), to);
    goneDeadLetter.all(batch.goneDeadLetters().stream().sorted().toList(), to);
    deadLetter.all(batch.newDeadLetters(), to);
    deployment.all(batch.deployments(), to);
    deployed.all(batch.deployments().stream().flatMap(d -> Deployed.of(d).stream()).toList(), to);
  }
}
