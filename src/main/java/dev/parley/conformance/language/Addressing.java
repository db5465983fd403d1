package dev.parley.conformance.language;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a message of a case says of itself by WS-Addressing. */
public record Addressing(
    AddressingVersion version,
    Optional<String> messageId,
    Optional<String> relatesTo,
    Optional<Reference> replyTo,
    Optional<Reference> faultTo) {

  /**
   * An endpoint reference.
   *
   * @param parameters reference parameters
   */
  public record Reference(String address, List<Xml> parameters) {
    public Reference {
      parameters = List.copyOf(parameters);
    }

    Stream<String> texts() {
      return Stream.concat(
          Stream.of(address), parameters.stream().flatMap(p -> p.texts().stream()));
    }
  }

  /** Whether it says nothing. */
  public boolean isEmpty() {
    return messageId.isEmpty() && relatesTo.isEmpty() && !expectsAnswer();
  }

  /** Whether an answer goes by its own way, and so must name the message that it answers. */
  public boolean expectsAnswer() {
    return replyTo.isPresent() || faultTo.isPresent();
  }

  /** What may hold placeholders. */
  Stream<String> texts() {
    return Stream.concat(
        Stream.of(messageId, relatesTo).flatMap(Optional::stream),
        Stream.of(replyTo, faultTo).flatMap(Optional::stream).flatMap(Reference::texts));
  }
}
