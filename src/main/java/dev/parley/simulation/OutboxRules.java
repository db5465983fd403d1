package dev.parley.simulation;

import dev.parley.message.InstanceId;
import dev.parley.message.WireId;
import dev.parley.store.Batch;
import dev.parley.store.Rows.IncidentRow;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import dev.parley.turn.Dispatch;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What holds of all that was sent, when nothing is left to do. */
final class OutboxRules {
  private static final Set<String> DELIVERY_INCIDENTS = Set.of("DeliveryFailed", "DeliveryTimeout");

  private final Tables tables;
  private final SimulatedPartner partner;

  OutboxRules(Tables tables, SimulatedPartner partner) {
    this.tables = tables;
    this.partner = partner;
  }

  void check() {
    var wireIds = new HashSet<String>();
    for (var row : tables.outbox.values()) {
      String wireId = WireId.of(SimulatedStore.STORE_ID, row.id());
      wireIds.add(wireId);
      check(row, wireId);
    }
    for (Map.Entry<String, SimulatedPartner.Entry> entry : partner.ledger().entrySet()) {
      if (!wireIds.contains(entry.getKey())) {
        throw new Violation(
            "nothing is sent before it is durable", entry.getValue().message().id(), "Sent");
      }
    }
    tables.instances.keySet().forEach(this::checkIncidents);
  }

  /** Before it is written: who is up writes, and what one delivers is its own while it is up. */
  static void checkOwners(Tables tables, Batch batch) {
    var up = tables.log.up();
    int writer = tables.log.writer();
    if (!up.isEmpty() && !up.contains(writer)) {
      throw new Violation("who has ended writes nothing", "boot " + writer, "It has written");
    }
    for (var row : batch.changedOutbox()) {
      var before = tables.outbox.get(row.id());
      if (before != null
          && before.state() == OutboxState.PENDING
          && before.gateway() != row.gateway()
          && up.contains(before.gateway())) {
        throw new Violation(
            "who is up delivers its messages", row.id(), "Taken from " + before.gateway());
      }
    }
  }

  private void check(OutboxRow row, String wireId) {
    var entry = partner.ledger().get(wireId);
    if (row.state() == OutboxState.PENDING) {
      throw new Violation("nothing is pending for ever", row.id(), row.toString());
    }
    if (row.state() == OutboxState.DELIVERED && entry == null) {
      throw new Violation("delivered is delivered", row.id(), "The partner never saw it");
    }
    if (entry != null && !entry.message().equals(row.message())) {
      throw new Violation("one wire id, one message", row.id(), "Sent as " + entry.message());
    }
    var policy = Dispatch.of(row, tables.deployed()).policy();
    if (policy.atMostOnce() && partner.attempts(wireId) > 1) {
      throw new Violation("at most once", row.id(), partner.attempts(wireId) + " attempts");
    }
    checkSubject(row);
  }

  /** What an instance sends speaks of a message that this instance took. */
  private void checkSubject(OutboxRow row) {
    String nonce = Fields.of(row.message().body(), "nonce");
    boolean own =
        tables.messages.values().stream()
            .anyMatch(
                m ->
                    row.instance().equals(m.instance())
                        && Fields.of(m.message().body(), "nonce").equals(nonce));
    if (!own) {
      throw new Violation("the right instance", row.id(), "Speaks of " + nonce);
    }
  }

  private void checkIncidents(InstanceId instance) {
    var incidents =
        tables.incidents.values().stream().filter(i -> i.instance().equals(instance)).toList();
    long failed =
        tables.outbox.values().stream()
            .filter(o -> o.instance().equals(instance))
            .filter(o -> o.state() == OutboxState.FAILED && o.token() == 0)
            .count();
    long told = incidents.stream().filter(i -> DELIVERY_INCIDENTS.contains(i.kind())).count();
    if (failed != told) {
      throw new Violation(
          "failures are incidents", instance, "%d failed, %d incidents".formatted(failed, told));
    }
    incidents.stream()
        .map(IncidentRow::kind)
        .filter(k -> k.contains("ExpressionFailed") || k.contains("NoFlow"))
        .forEach(
            k -> {
              throw new Violation("the models are right", instance, k);
            });
  }
}
