package dev.parley.simulation;

import dev.parley.message.Answer;
import dev.parley.message.Digest;
import dev.parley.message.FaultKind;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.store.Batch;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.WaitingRow;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What became of messages, counted by kind: a kind that never happens is not tested. */
final class Decisions {
  private static final Set<FaultKind> BY_SITUATION =
      Set.of(FaultKind.QUEUE_FULL, FaultKind.TOO_LATE, FaultKind.TOO_EARLY);

  private final Tables tables;
  private final SortedMap<String, Long> counts = new TreeMap<>();

  Decisions(Tables tables) {
    this.tables = tables;
  }

  SortedMap<String, Long> counts() {
    return Collections.unmodifiableSortedMap(counts);
  }

  void count(String kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  /** Before it is written. */
  void count(Batch batch) {
    var begun = batch.newInstances().stream().map(InstanceRow::id).collect(Collectors.toSet());
    batch.newMessages().forEach(row -> count(row, begun));
    for (var row : batch.changedMessages()) {
      var before = tables.messages.get(row.id());
      if (before != null && before.state() != row.state()) {
        count("%s, later %s".formatted(before.state(), row.state()));
      }
    }
    batch.newDeadLetters().forEach(d -> count("%s dead: %s".formatted(d.direction(), d.reason())));
  }

  private void count(MessageRow row, Set<InstanceId> begun) {
    switch (row.state()) {
      case CONSUMED -> count(begun.contains(row.instance()) ? "started or taken at once" : "taken");
      case WAITING -> {
        String until = row.expiresAt() == null ? "" : " for a while";
        count("queued %s%s".formatted(situation(row.message()), until));
      }
      case DISCARDED -> count("discarded " + situation(row.message()));
      case COLLECTED, REFUSED -> count(row.state() + " at once");
    }
  }

  /** A message was refused at the door. */
  void count(Message message, Answer answer) {
    if (answer instanceof Answer.Faulted(var fault)) {
      Clients.refusal(answer)
          .ifPresent(
              kind -> {
                String more = BY_SITUATION.contains(kind) ? " " + situation(message) : "";
                String why = kind == FaultKind.CORRELATION_VIOLATION ? why(fault.reason()) : more;
                count("refused %s%s".formatted(kind, why));
              });
    }
  }

  private static String why(String reason) {
    return reason.contains("belongs to another")
        ? " by another key"
        : reason.contains("would set") ? " by a key to set" : " by a held key";
  }

  /** Whether an instance lives, or lived, under one of its keys. */
  private String situation(Message message) {
    var digests = new HashSet<Digest>();
    StoreRules.rows(tables.deployed(), message).stream()
        .map(WaitingRow::slot)
        .forEach(s -> digests.add(s.key()));
    var holders = new HashSet<InstanceStatus>();
    for (Map.Entry<Digest, InstanceId> key : tables.keys.entrySet()) {
      var holder = tables.instances.get(key.getValue());
      if (digests.contains(key.getKey()) && holder != null) {
        holders.add(holder.status());
      }
    }
    if (holders.contains(InstanceStatus.LIVE)) {
      return "early";
    }
    return holders.isEmpty() ? "unknown" : "late";
  }
}
