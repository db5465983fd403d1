package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.engine.ProcessInstance.PartnerLink;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.expression.Value;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A scope during a step: what changes of it. */
final class LiveScope {
  private final Scope before;
  private final Map<Integer, Value> items;
  private KeySet keys;
  private Scope.State state;
  private final Map<String, PartnerLink> partners;
  private boolean changed;
  private boolean dataChanged;

  LiveScope(Scope before) {
    this.before = before;
    this.items = new TreeMap<>(before.items());
    this.keys = before.keys();
    this.state = before.state();
    this.partners = new TreeMap<>(before.partners());
  }

  static LiveScope opened(int id, int definition, int parent, int owner, int round) {
    return new LiveScope(
        new Scope(
            id,
            definition,
            parent,
            owner,
            round,
            Scope.State.ACTIVE,
            KeySet.NONE,
            Map.of(),
            Map.of()));
  }

  int id() {
    return before.id();
  }

  int definition() {
    return before.definition();
  }

  int parent() {
    return before.parent();
  }

  int owner() {
    return before.owner();
  }

  int round() {
    return before.round();
  }

  boolean isRoot() {
    return before.parent() < 0;
  }

  Scope.State state() {
    return state;
  }

  void state(Scope.State next) {
    state = next;
    changed = true;
  }

  KeySet keys() {
    return keys;
  }

  void correlate(KeySet more) {
    keys = keys.and(more);
    changed = true;
  }

  /** A key that follows from the scope's data has these values now; none where it is not set. */
  void compute(int key, List<String> values) {
    if (!values.equals(keys.values().getOrDefault(key, List.of()))) {
      keys = keys.with(key, values);
      changed = true;
    }
  }

  Map<Integer, Value> items() {
    return items;
  }

  void set(int item, Value value) {
    items.put(item, value);
    dataChanged = true;
    changed = true;
  }

  /** Whether a data item was set in this step. */
  boolean hasNewData() {
    return dataChanged;
  }

  /** Where a participant is; null where this scope does not know. */
  @Nullable PartnerLink partner(String participant) {
    return partners.get(participant);
  }

  void partner(String participant, PartnerLink link) {
    partners.put(participant, link);
    changed = true;
  }

  Scope toScope() {
    return changed
        ? new Scope(id(), definition(), parent(), owner(), round(), state, keys, items, partners)
        : before;
  }
}
