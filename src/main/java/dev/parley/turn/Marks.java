package dev.parley.turn;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Rows that come (true) or go (false), by what they are looked up by; a row that comes and goes is
 * forgotten.
 */
final class Marks<G, R> {
  private final Function<R, G> group;
  private final Map<G, Map<R, Boolean>> groups = new LinkedHashMap<>();

  Marks(Function<R, G> group) {
    this.group = group;
  }

  void mark(R row, boolean comes) {
    var rows = groups.computeIfAbsent(group.apply(row), _ -> new LinkedHashMap<>(4));
    var marked = rows.get(row);
    if (marked == null) {
      rows.put(row, comes);
    } else if (marked != comes) {
      rows.remove(row);
    }
  }

  void absorb(Marks<G, R> above) {
    above.groups.values().forEach(rows -> rows.forEach(this::mark));
  }

  Map<R, Boolean> of(G key) {
    return groups.getOrDefault(key, Map.of());
  }

  List<R> marked(boolean comes) {
    var all = new ArrayList<R>();
    for (var rows : groups.values()) {
      for (var row : rows.entrySet()) {
        if (row.getValue() == comes) {
          all.add(row.getKey());
        }
      }
    }
    return all;
  }

  /** Rows with those that come, and without those that go. */
  static <R> Collection<R> applied(Collection<R> stored, Map<R, Boolean> marks) {
    var rows = new LinkedHashSet<>(stored);
    marks.forEach(
        (row, comes) -> {
          if (comes) {
            rows.add(row);
          } else {
            rows.remove(row);
          }
        });
    return rows;
  }
}
