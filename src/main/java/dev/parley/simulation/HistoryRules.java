package dev.parley.simulation;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.engine.Input;
import dev.parley.engine.InstanceCodec;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.Replay;
import dev.parley.engine.Turn;
import dev.parley.engine.Turn.RecordedInput;
import dev.parley.engine.TurnCodec;
import dev.parley.message.Blob;
import dev.parley.message.Id;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.MessageRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What holds of all turns that were taken: who consumed what, how often, in which order. */
final class HistoryRules {
  private final Tables tables;
  private final StoreRules rules;
  private final Map<MessageId, InstanceId> consumedBy = new HashMap<>();

  HistoryRules(Tables tables, StoreRules rules) {
    this.tables = tables;
    this.rules = rules;
  }

  void check() {
    consumedBy.clear();
    for (var row : tables.instances.values()) {
      check(row);
    }
    for (var row : tables.messages.values()) {
      var consumer = consumedBy.get(row.id());
      if (!Objects.equals(consumer, row.instance())) {
        throw new Violation(
            "accounted for",
            row.id(),
            "%s by %s, but taken by %s".formatted(row.state(), row.instance(), consumer));
      }
    }
  }

  private void check(InstanceRow row) {
    var turns = turns(row);
    var instance = rules.decode(row);
    if (turns.size() != instance.version()) {
      throw new Violation(
          "history is whole",
          row.id(),
          "%d turns, version %d".formatted(turns.size(), instance.version()));
    }
    checkOrder(consumed(row, instance, turns));
    replay(row, instance, turns);
  }

  /** What it took, turn by turn. */
  private List<MessageRow> consumed(InstanceRow row, ProcessInstance instance, List<Turn> turns) {
    var consumed = new ArrayList<MessageRow>();
    var heard = new HashSet<MessageId>();
    var receives = new HashSet<Integer>();
    boolean suspended = false;
    for (var turn : turns) {
      if (suspended && !(turn.input() instanceof RecordedInput.Other)) {
        throw new Violation("suspended stands still", row.id(), "It took " + turn.input());
      }
      switch (turn.input()) {
        case RecordedInput.Started(int _, var id) -> consumed.add(consume(instance, id));
        case RecordedInput.Received(int receive, var id) -> {
          consumed.add(consume(instance, id));
          if (!receives.add(receive)) {
            throw new Violation("one receive, one message", id, "Another one took it, too");
          }
        }
        case RecordedInput.Other(var input) -> {
          suspended = !(input instanceof Input.Resumed) && (suspended || isSuspension(input));
          // What comes meanwhile is held, and comes once more.
          var sent = suspended ? null : outcomeOf(input);
          if (sent != null && !heard.add(sent)) {
            throw new Violation("one outcome", sent, "Two turns of %s".formatted(row.id()));
          }
        }
      }
    }
    return consumed;
  }

  private List<Turn> turns(InstanceRow instance) {
    var turns = new ArrayList<Turn>();
    var row = tables.history.get(instance.history());
    while (row != null) {
      turns.addFirst(TurnCodec.decode(row.turn()));
      row = tables.history.get(row.previous());
    }
    long all = tables.history.values().stream().filter(h -> isOf(h, instance)).count();
    if (all != turns.size()) {
      throw new Violation(
          "history is whole", instance.id(), "%d of %d".formatted(turns.size(), all));
    }
    return turns;
  }

  private static boolean isOf(HistoryRow row, InstanceRow instance) {
    return row.instance().equals(instance.id());
  }

  private static boolean isSuspension(Input input) {
    return input instanceof Input.Suspended;
  }

  private static @Nullable MessageId outcomeOf(Input input) {
    return input instanceof Input.Outcome outcome ? outcome.sent() : null;
  }

  private MessageRow consume(ProcessInstance instance, MessageId id) {
    var row = tables.messages.get(id);
    if (row == null) {
      throw new Violation("accounted for", id, "Consumed, but not kept");
    }
    var other = consumedBy.put(id, instance.id());
    if (other != null) {
      throw new Violation("exactly once", id, "Taken by %s and %s".formatted(other, instance.id()));
    }
    ExecutableProcess process = rules.process(instance);
    boolean right =
        row.message().process().equals(process.key())
            && StoreRules.fits(StoreRules.keysIn(process, row.message()), instance);
    if (!right) {
      throw new Violation("the right instance", id, "Taken by " + instance);
    }
    return row;
  }

  /**
   * Messages of one conversation and operation are taken in the order in which they came, which is
   * that of their ids; those that came to several gateways at once, in any. One that was collected,
   * and sent again, has lost its place.
   */
  private void checkOrder(List<MessageRow> consumed) {
    var taken = new HashMap<String, List<MessageId>>();
    for (var row : consumed) {
      if (tables.onceCollected.contains(row.id())) {
        continue;
      }
      var before =
          taken.computeIfAbsent(row.message().operation().operation(), _ -> new ArrayList<>());
      for (var other : before) {
        if (row.id().compareTo(other) < 0 && isBehind(other, row.id())) {
          throw new Violation("first come, first served", row.id(), "Taken after " + other);
        }
      }
      before.add(row.id());
    }
  }

  /** Whether one that was taken first was to wait for another one with an older id. */
  private boolean isBehind(MessageId taken, MessageId older) {
    return node(taken) == node(older) || tables.log.wasThere(older, taken);
  }

  private static long node(MessageId id) {
    return id.value() >>> Id.COUNTER_BITS & (1L << Id.NODE_BITS) - 1;
  }

  private void replay(InstanceRow row, ProcessInstance instance, List<Turn> turns) {
    var replay =
        new Replay(
            rules.process(instance),
            id -> Objects.requireNonNull(tables.messages.get(id)).message());
    var again = replay.replay(row.id(), row.definition(), turns);
    var items = new TreeMap<Long, Blob>();
    again.ownItems().forEach((number, value) -> items.put(number, value.encode()));
    if (!InstanceCodec.encode(again).equals(row.state()) || !items.equals(row.items())) {
      throw new Violation("replay gives the state", row.id(), "%s: %s".formatted(again, items));
    }
  }
}
