package dev.parley.conformance.run;

import dev.parley.conformance.language.Blame;
import java.util.Optional;

/** Holds a SOAP fault against what a case expects of it. */
record FaultComparison(Bindings bindings, Blame expected) {

  /** For "a fault…". */
  static String shown(Blame expected) {
    return "%s%s%s"
        .formatted(
            expected.sender().map(s -> s ? ", code Sender" : ", code Receiver").orElse(""),
            expected.detail().map(d -> ", detail " + d).orElse(""),
            expected.reason().map(r -> ", reason '" + r + "'").orElse(""));
  }

  /** Whether it is one, of this code, reason and name. */
  boolean fits(Optional<Envelope.Fault> fault) {
    return fault.isPresent()
        && expected.sender().map(s -> s == fault.get().sender()).orElse(true)
        && expected.detail().map(d -> fault.get().detailName().equals(Optional.of(d))).orElse(true)
        && expected.reason().map(r -> bindings.matches(r, fault.get().reason())).orElse(true);
  }

  /** The same, and what its detail says. */
  Optional<String> difference(Envelope envelope) {
    var fault = envelope.fault();
    if (!fits(fault)) {
      return Optional.of(fault.isPresent() ? "another fault" : "no fault");
    }
    return expected
        .body()
        .flatMap(
            b ->
                fault
                    .flatMap(Envelope.Fault::detail)
                    .map(d -> Comparison.difference(b, d, bindings))
                    .orElse(Optional.of("a fault without a detail")));
  }
}
