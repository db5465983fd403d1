package dev.parley.turn;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows by id, and which of them did not exist below. */
final class Changes<K, V> {
  private final Map<K, V> rows = new LinkedHashMap<>();
  private final Set<K> created = new LinkedHashSet<>();

  @Nullable V get(K key) {
    return rows.get(key);
  }

  Collection<V> all() {
    return rows.values();
  }

  void create(K key, V row) {
    rows.put(key, row);
    created.add(key);
  }

  void change(K key, V row) {
    rows.put(key, row);
  }

  void absorb(Changes<K, V> above) {
    rows.putAll(above.rows);
    created.addAll(above.created);
  }

  List<V> created() {
    return created.stream().map(k -> Objects.requireNonNull(rows.get(k))).toList();
  }

  List<V> changed() {
    return rows.entrySet().stream()
        .filter(e -> !created.contains(e.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }
}
