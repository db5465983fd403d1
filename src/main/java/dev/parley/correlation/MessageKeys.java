package dev.parley.correlation;

import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.KeyExtraction;
import dev.parley.expression.EvaluationException;
import dev.parley.expression.Extractor;
import dev.parley.message.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The correlation keys of a message: what it says, and what the sender of a simple one names. */
public final class MessageKeys {
  private static final Extractor.Found NOWHERE = new Extractor.Found("", null, "");

  private MessageKeys() {}

  /**
   * What a process reads from a message.
   *
   * @param identity what it is known by when it is repeated; null where the process declares none,
   *     or the message has none
   */
  public record Read(KeySet keys, @Nullable String identity) {
    private static final Read NOTHING = new Read(KeySet.NONE, null);
  }

  /**
   * The keys that a message carries for a process. Throws EvaluationException where an expression
   * fails, the process has no such key as the sender names, or the message says something else.
   */
  public static KeySet of(ExecutableProcess process, Message message) {
    return read(process, message).keys();
  }

  /** The same, and its identity, in one pass. */
  public static Read read(ExecutableProcess process, Message message) {
    return process
        .extraction(message.operation(), message.kind())
        .map(e -> e.read(message.body()))
        .map(
            said -> {
              var keys = KeySet.of(join(process, said.keys(), message.headers().keys()));
              return new Read(keys, said.identity());
            })
        .orElse(Read.NOTHING);
  }

  /** How each key of the process is found in a message, and each of its properties. */
  public static List<KeyFinding> findings(ExecutableProcess process, Message message) {
    var extraction = process.extraction(message.operation(), message.kind());
    var paths = extraction.map(e -> e.extractor().each(message.body())).orElse(List.of());
    var values = values(process, message);
    var findings = new ArrayList<KeyFinding>();
    for (var key : process.keys()) {
      var positions =
          extraction.stream()
              .flatMap(e -> e.keys().stream())
              .filter(k -> k.key() == key.index())
              .findFirst()
              .map(KeyExtraction.KeyValues::positions)
              .orElse(List.of());
      var properties = new ArrayList<KeyFinding.PropertyFinding>();
      for (int i = 0; i < key.properties().size(); i++) {
        var found = i < positions.size() ? paths.get(positions.get(i)) : NOWHERE;
        String name = key.properties().get(i);
        properties.add(property(name, found, given(key, name, message.headers().keys())));
      }
      findings.add(
          new KeyFinding(key.name(), properties, values.getOrDefault(key.index(), List.of())));
    }
    return findings;
  }

  private static SortedMap<Integer, List<String>> values(
      ExecutableProcess process, Message message) {
    try {
      return of(process, message).values();
    } catch (EvaluationException e) {
      return KeySet.NONE.values();
    }
  }

  private static @Nullable String given(
      ExecutableProcess.Key key, String property, Map<String, String> given) {
    boolean isWhole = key.properties().size() == 1 && given.containsKey(key.name());
    return given.get(isWhole ? key.name() : property);
  }

  private static KeyFinding.PropertyFinding property(
      String name, Extractor.Found found, @Nullable String given) {
    return new KeyFinding.PropertyFinding(
        name, found.path(), found.value(), found.failure(), given);
  }

  private static SortedMap<Integer, List<String>> join(
      ExecutableProcess process,
      SortedMap<Integer, List<String>> found,
      Map<String, String> given) {
    if (given.isEmpty()) {
      return found;
    }
    checkNames(process, given);
    var joined = new TreeMap<>(found);
    for (var key : process.keys()) {
      var values = values(key, given);
      var other = values.isEmpty() ? null : joined.put(key.index(), values);
      if (other != null && !other.equals(values)) {
        throw new EvaluationException(
            "Expected the key '%s' to be %s as given, but the payload says %s"
                .formatted(key.name(), values, other));
      }
    }
    return joined;
  }

  /** Empty where not all of its properties are given. */
  private static List<String> values(ExecutableProcess.Key key, Map<String, String> given) {
    var whole = given.get(key.name());
    if (whole != null && key.properties().size() == 1) {
      return List.of(collapsed(whole));
    }
    return key.properties().stream().allMatch(given::containsKey)
        ? key.properties().stream().map(p -> collapsed(given.getOrDefault(p, ""))).toList()
        : List.of();
  }

  private static void checkNames(ExecutableProcess process, Map<String, String> given) {
    for (var name : given.keySet()) {
      // Whoever holds an old endpoint reference may send it where it means nothing any more.
      boolean known =
          name.equals(ExecutableProcess.Key.CONVERSATION)
              || process.keys().stream()
                  .anyMatch(
                      k ->
                          k.properties().contains(name)
                              || (k.name().equals(name) && k.properties().size() == 1));
      if (!known) {
        throw new EvaluationException(
            "Expected the name of a correlation key or of a property of one, which are %s, but found '%s'"
                .formatted(names(process), name));
      }
    }
  }

  private static String names(ExecutableProcess process) {
    return process.keys().stream()
        .flatMap(
            k ->
                Stream.concat(
                    k.properties().stream(),
                    Stream.of(k.name()).filter(_ -> k.properties().size() == 1)))
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** As keys are compared: white space collapsed. */
  public static String collapsed(String value) {
    return value.strip().replaceAll("[ \\t\\r\\n]+", " ");
  }
}
