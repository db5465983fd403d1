package dev.parley.deployment;

import dev.parley.expression.Extractor;
import dev.parley.message.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds the values of correlation keys in one kind of message (BPMN 2.0.2, clause 8.4.2).
 *
 * @param keys the keys all of whose properties have an expression for this message
 */
public record KeyExtraction(Extractor extractor, List<KeyValues> keys) {

  /**
   * A key by number and where its properties' values stand among the extractor's; nowhere where
   * only the sender can give it.
   */
  public record KeyValues(int key, List<Integer> positions) {}

  /** With one more key. */
  KeyExtraction and(KeyValues key) {
    return new KeyExtraction(extractor, Stream.concat(keys.stream(), Stream.of(key)).toList());
  }

  boolean contains(KeyValues key) {
    return keys.contains(key);
  }

  /** Values by key number; a key of which a value is missing is absent. */
  public SortedMap<Integer, List<String>> extract(Body body) {
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
    return values;
  }
}
