package dev.parley.deployment;

import dev.parley.expression.Extractor;
import dev.parley.message.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of correlation keys in one kind of message (BPMN 2.0.2, clause 8.4.2), and what
 * the message is known by when it is repeated.
 *
 * @param keys the keys all of whose properties have an expression for this message
 * @param identity where the identity's value stands among the extractor's; {@link #NO_IDENTITY}
 *     where none is declared
 */
public record KeyExtraction(Extractor extractor, List<KeyValues> keys, int identity) {
  static final int NO_IDENTITY = -1;

  /**
   * A key by number and where its properties' values stand among the extractor's; nowhere where
   * only the sender can give it.
   */
  public record KeyValues(int key, List<Integer> positions) {}

  /**
   * What a message says.
   *
   * @param keys values by key number; a key of which a value is missing is absent
   * @param identity null where none is declared, or the message has none
   */
  public record Said(SortedMap<Integer, List<String>> keys, @Nullable String identity) {}

  /** With one more key. */
  KeyExtraction and(KeyValues key) {
    return new KeyExtraction(
        extractor, Stream.concat(keys.stream(), Stream.of(key)).toList(), identity);
  }

  boolean contains(KeyValues key) {
    return keys.contains(key);
  }

  /** All that it finds, in one pass where it can. */
  public Said read(Body body) {
    var found = extractor.extract(body);
    var values = new TreeMap<Integer, List<String>>();
    for (var key : keys) {
      var ofKey = new ArrayList<String>(key.positions().size());
      for (int position : key.positions()) {
        String value = found.get(position);
        if (value == null) {
          break;
        }
        ofKey.add(value);
      }
      if (!ofKey.isEmpty() && ofKey.size() == key.positions().size()) {
        values.put(key.key(), List.copyOf(ofKey));
      }
    }
    String known = identity == NO_IDENTITY ? null : found.get(identity);
    return new Said(values, known == null || known.isEmpty() ? null : known);
  }

  /** Values by key number; a key of which a value is missing is absent. */
  public SortedMap<Integer, List<String>> extract(Body body) {
    return read(body).keys();
  }
}
