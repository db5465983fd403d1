package dev.parley.conformance.language;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.namespace.QName;

/**
 * What is expected of an envelope besides its body.
 *
 * @param soap {@code 1.1} or {@code 1.2}
 * @param action a pattern of {@code wsa:Action}
 * @param relatesTo id of the message that it answers
 * @param blocks header blocks that must be there
 * @param keeps endpoint references in it that later messages go to
 */
public record Head(
    Optional<String> soap,
    Optional<AddressingVersion> addressing,
    Optional<String> action,
    Optional<String> relatesTo,
    List<Block> blocks,
    List<Keep> keeps) {
  public Head {
    blocks = List.copyOf(blocks);
    keeps = List.copyOf(keeps);
  }

  /**
   * A header block.
   *
   * @param isParameter whether it must say that it is a reference parameter
   * @param mustUnderstand whether it says so, or must say so
   */
  public record Block(Xml element, boolean isParameter, boolean mustUnderstand) {}

  /** The first element of this name, in the head or the body, is kept under a name. */
  public record Keep(String name, QName element) {}

  Stream<String> texts() {
    return Stream.concat(
        action.stream(), blocks.stream().flatMap(b -> b.element().texts().stream()));
  }
}
