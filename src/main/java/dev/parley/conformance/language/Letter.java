package dev.parley.conformance.language;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A message as a case writes it. */
public sealed interface Letter {
  /** Empty where only one process of the case takes it. */
  Optional<String> process();

  /** The operation, or the simple message. */
  String name();

  /** Of HTTP. */
  Map<String, String> headers();

  /**
   * A message of an operation.
   *
   * @param soap {@code 1.1} or {@code 1.2}; empty: the port's
   * @param to name of a kept endpoint reference; empty: where the process is hosted
   * @param blocks further header blocks
   * @param text the whole entity, instead of an envelope
   */
  record Soap(
      Optional<String> process,
      String name,
      Optional<String> soap,
      Optional<String> to,
      Addressing addressing,
      List<Head.Block> blocks,
      Map<String, String> headers,
      Optional<String> text,
      Optional<Xml> body)
      implements Letter {
    public Soap {
      blocks = List.copyOf(blocks);
      headers = Map.copyOf(headers);
    }

    /** What may hold placeholders. */
    Stream<String> texts() {
      var elements = Stream.concat(blocks.stream().map(Head.Block::element), body.stream());
      return Stream.concat(addressing.texts(), elements.flatMap(e -> e.texts().stream()));
    }
  }

  /**
   * A simple message, over REST.
   *
   * @param keys values of correlation keys or properties by their names
   */
  record Simple(
      Optional<String> process,
      String name,
      Map<String, String> keys,
      Map<String, String> headers,
      Optional<Payload> payload)
      implements Letter {
    public Simple {
      keys = Map.copyOf(keys);
      headers = Map.copyOf(headers);
    }
  }
}
