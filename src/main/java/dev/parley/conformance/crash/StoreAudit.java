package dev.parley.conformance.crash;

import dev.parley.conformance.crash.Violation.Kind;
import dev.parley.deployment.Bundles;
import dev.parley.deployment.Deployer;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.Settings;
import dev.parley.engine.InstanceCodec;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.Replay;
import dev.parley.engine.Turn;
import dev.parley.engine.Turn.RecordedInput;
import dev.parley.engine.TurnCodec;
import dev.parley.expression.Expressions;
import dev.parley.finding.RefusedException;
import dev.parley.message.Blob;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Store;
import dev.parley.store.StoreUnusable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Looks at the store of a gateway that was stopped: nothing is left over, and history is true. */
final class StoreAudit {
  private final Store store;
  private final ExecutableProcess process;
  private final List<Violation> violations = new ArrayList<>();

  private StoreAudit(Store store, ExecutableProcess process) {
    this.store = store;
    this.process = process;
  }

  /** What there should be. */
  record Expected(long conversations, long messages, long outbox) {
    static Expected of(List<Entry> journal) {
      var acknowledged =
          journal.stream()
              .filter(e -> e.event() == Entry.Event.ACKNOWLEDGED)
              .map(Entry::sent)
              .distinct()
              .toList();
      return new Expected(
          acknowledged.stream().filter(s -> s.operation() == Sent.Operation.OPEN).count(),
          acknowledged.size(),
          acknowledged.stream().filter(s -> s.operation() != Sent.Operation.CLOSE).count());
    }
  }

  /** What there is. */
  record Result(Map<String, Long> counts, long replayed, List<Violation> violations) {
    long pending() {
      return counts.getOrDefault("pendingOutbox", 0L);
    }
  }

  static Result of(GatewayProcess.Launch launch, Expected expected)
      throws IOException, RefusedException, StoreUnusable {
    var settings = Settings.of(Map.of("ledger", launch.partner()), Settings.DEFAULT.address());
    var process =
        new Deployer(new Expressions(), settings)
            .compile(Bundles.read(launch.bundle()))
            .processes()
            .getFirst();
    try (var store = launch.openStore()) {
      var audit = new StoreAudit(store, process);
      var counts = store.counts();
      audit.count(counts, expected);
      var ids = store.instanceIds(new InstanceId(0), Integer.MAX_VALUE);
      ids.forEach(audit::replay);
      return new Result(counts, ids.size(), List.copyOf(audit.violations));
    }
  }

  private void count(Map<String, Long> counts, Expected expected) {
    expect(counts, "liveInstances", 0);
    expect(counts, "waitingMessages", 0);
    expect(counts, "pendingOutbox", 0);
    expect(counts, "openIncidents", 0);
    expect(counts, "subscriptions", 0);
    expect(counts, "timers", 0);
    expect(counts, "instances", expected.conversations());
    expect(counts, "messages", expected.messages());
    expect(counts, "outbox", expected.outbox());
  }

  private void expect(Map<String, Long> counts, String what, long expected) {
    long found = counts.getOrDefault(what, -1L);
    if (found != expected) {
      violation("Expected %s to be %d, found %d".formatted(what, expected, found));
    }
  }

  private void replay(InstanceId id) {
    var row = Objects.requireNonNull(store.instances(List.of(id)).get(id));
    var turns = store.history(id).stream().map(h -> TurnCodec.decode(h.turn())).toList();
    var messages = store.messages(turns.stream().map(StoreAudit::message).distinct().toList());
    var replayed =
        new Replay(process, m -> Objects.requireNonNull(messages.get(m)).message())
            .replay(id, row.definition(), turns);
    if (!isSame(row, replayed)) {
      violation("The replay of instance %s differs from its state".formatted(id));
    }
  }

  private static MessageId message(Turn turn) {
    return switch (turn.input()) {
      case RecordedInput.Started(int _, var message) -> message;
      case RecordedInput.Received(int _, var message) -> message;
      case RecordedInput.Other _ -> new MessageId(0);
    };
  }

  private static boolean isSame(InstanceRow row, ProcessInstance replayed) {
    Map<Long, Blob> items = new HashMap<>();
    replayed.ownItems().forEach((item, value) -> items.put(item, value.encode()));
    return row.status().name().equals(replayed.status().name())
        && row.state().equals(InstanceCodec.encode(replayed))
        && row.items().equals(items);
  }

  private void violation(String text) {
    violations.add(new Violation(Kind.STORE, "", text, List.of()));
  }
}
