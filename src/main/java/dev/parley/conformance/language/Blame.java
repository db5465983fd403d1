package dev.parley.conformance.language;

import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.namespace.QName;

/**
 * What is expected of a SOAP fault.
 *
 * @param sender whether the sender is to blame; empty where that does not matter
 * @param detail name of the detail's element
 * @param reason a pattern
 * @param body the detail
 */
public record Blame(
    Optional<Boolean> sender, Optional<QName> detail, Optional<String> reason, Optional<Xml> body) {
  Stream<String> texts() {
    return Stream.concat(reason.stream(), body.stream().flatMap(b -> b.texts().stream()));
  }
}
