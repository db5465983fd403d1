package dev.parley.correlation;

import dev.parley.message.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The correlation keys that are set in an instance, or that a message carries: values by the key's
 * number. Immutable but for the digests it remembers, so that each is computed once; one thread at
 * a time.
 */
public final class KeySet {
  public static final KeySet NONE = new KeySet(new TreeMap<>());

  private final SortedMap<Integer, List<String>> values;
  private final Map<Integer, Digest> digests = new HashMap<>(2);

  private KeySet(SortedMap<Integer, List<String>> values) {
    this.values = values;
  }

  public static KeySet of(Map<Integer, List<String>> values) {
    return values.isEmpty() ? NONE : new KeySet(new TreeMap<>(values));
  }

  /** Not a copy: do not write to it. */
  public SortedMap<Integer, List<String>> values() {
    return values;
  }

  /** What a key is looked up by; name is the one that the process gives to this number. */
  public Digest digest(String process, String name, int key) {
    var known = digests.get(key);
    if (known == null) {
      known = key(process, name, key).digest();
      digests.put(key, known);
    }
    return known;
  }

  /** A key by its name; throws IllegalArgumentException where it is not set. */
  public CorrelationKey key(String process, String name, int key) {
    var set = values.get(key);
    if (set == null) {
      throw new IllegalArgumentException("Key '%s' is not set".formatted(name));
    }
    return new CorrelationKey(process, CorrelationKey.PROCESS_SCOPE, name, set);
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

  /** With a key that has these values now; without it where there are none. */
  public KeySet with(int key, List<String> now) {
    var all = new TreeMap<>(values);
    if (now.isEmpty()) {
      all.remove(key);
    } else {
      all.put(key, List.copyOf(now));
    }
    return of(all);
  }

  /** Whether a key is set. */
  public boolean has(int key) {
    return values.containsKey(key);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeySet set && values.equals(set.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
