package dev.parley.correlation;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The correlation keys that are set in an instance, or that a message carries: values by the key's
 * number.
 */
public record KeySet(SortedMap<Integer, List<String>> values) {
  public static final KeySet NONE = new KeySet(new TreeMap<>());

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /**
   * Whether a message with these keys belongs to an instance with those: every key that both have
   * is equal, and there is at least one (OMG issue BPMN2-112).
   */
  public boolean belongsTo(KeySet instance) {
    boolean any = false;
    for (var key : values.entrySet()) {
      var held = instance.values.get(key.getKey());
      if (held != null) {
        if (!held.equals(key.getValue())) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  /** The number of a key that both have with other values, or -1. */
  public int contradiction(KeySet other) {
    for (var key : values.entrySet()) {
      var held = other.values.get(key.getKey());
      if (held != null && !held.equals(key.getValue())) {
        return key.getKey();
      }
    }
    return -1;
  }

  /** Both together; where both have a key, this set's values stay: a set key never changes. */
  public KeySet and(KeySet more) {
    if (values.keySet().containsAll(more.values.keySet())) {
      return this;
    }
    var all = new TreeMap<Integer, List<String>>(more.values);
    all.putAll(values);
    return new KeySet(all);
  }

  /** Whether a key is set. */
  public boolean has(int key) {
    return values.containsKey(key);
  }

  public static KeySet of(Map<Integer, List<String>> values) {
    return values.isEmpty() ? NONE : new KeySet(new TreeMap<>(values));
  }
}
