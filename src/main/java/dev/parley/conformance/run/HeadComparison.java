package dev.parley.conformance.run;

import dev.parley.conformance.language.AddressingVersion;
import dev.parley.conformance.language.Head;
import dev.parley.conformance.language.Xml;
import dev.parley.wsdl.SoapVersion;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/** Holds an envelope's head against what a case expects of it. */
record HeadComparison(Stage stage, Envelope actual) {
  private static final List<String> MARKS =
      List.of(
          SoapVersion.SOAP_11.namespace(),
          SoapVersion.SOAP_12.namespace(),
          AddressingVersion.CORE.namespace());

  /** The first difference. */
  Optional<String> difference(Head expected) {
    return expected
        .soap()
        .filter(s -> !s.equals(soap()))
        .map(_ -> "SOAP " + soap())
        .or(() -> addressing(expected))
        .or(() -> action(expected))
        .or(() -> expected.relatesTo().flatMap(this::relation))
        .or(() -> expected.blocks().stream().flatMap(b -> block(b).stream()).findFirst())
        .or(
            () ->
                expected.keeps().stream()
                    .filter(k -> Kept.find(actual, k.element()).isEmpty())
                    .map(k -> "no endpoint reference " + k.element())
                    .findFirst());
  }

  private String soap() {
    return actual.version() == SoapVersion.SOAP_11 ? "1.1" : "1.2";
  }

  private Optional<String> addressing(Head expected) {
    return expected
        .addressing()
        .filter(v -> !actual.addressing().equals(Optional.of(v)))
        .map(
            v ->
                "WS-Addressing %s instead of %s"
                    .formatted(actual.addressing().map(Object::toString).orElse("(none)"), v));
  }

  private Optional<String> action(Head expected) {
    String found = actual.addressing("Action").orElse("");
    return expected
        .action()
        .filter(a -> !stage.bindings.matches(a, found))
        .map(a -> "wsa:Action '%s' instead of '%s'".formatted(found, a));
  }

  /** A fault may have been made before its answer's partner is known, so the message id decides. */
  private Optional<String> relation(String of) {
    var wanted = stage.sent(of).messageId();
    var found = actual.addressing("RelatesTo");
    return wanted.isPresent() && wanted.equals(found)
        ? Optional.empty()
        : Optional.of(
            "wsa:RelatesTo %s instead of %s, the message id of '%s'"
                .formatted(found.orElse("(none)"), wanted.orElse("(none)"), of));
  }

  private Optional<String> block(Head.Block expected) {
    var name = Envelope.name(expected.element().element());
    var named = actual.blocks().stream().filter(b -> Envelope.name(b).equals(name)).toList();
    var problems = named.stream().map(b -> difference(expected, b)).toList();
    if (problems.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    return problems.stream()
        .flatMap(Optional::stream)
        .findFirst()
        .or(
            () ->
                Optional.of(
                    "no header block %s among %s"
                        .formatted(
                            name,
                            actual.blocks().stream()
                                .map(b -> Envelope.name(b).toString())
                                .collect(Collectors.joining(", ", "[", "]")))));
  }

  private Optional<String> difference(Head.Block expected, Element block) {
    if (expected.isParameter()
        && !says(block, AddressingVersion.CORE.namespace(), "IsReferenceParameter")) {
      return Optional.of("a header block that does not say wsa:IsReferenceParameter");
    }
    if (expected.mustUnderstand() && !says(block, actual.version().namespace(), "mustUnderstand")) {
      return Optional.of("a header block that need not be understood");
    }
    return Comparison.difference(expected.element(), Xml.of(block).without(MARKS), stage.bindings);
  }

  private static boolean says(Element block, String namespace, String name) {
    return List.of("true", "1").contains(block.getAttributeNS(namespace, name).strip());
  }
}
