package dev.parley.deployment;

import dev.parley.bpmn.Definitions.ErrorDefinition;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;

/**
 * The codes of BPMN errors as names. An error that stands for a declared fault is called as the
 * fault is: a name in its interface's namespace.
 */
final class ErrorCodes {
  private static final String NAMESPACE = "urn:parley:1";
  static final QName DELIVERY_FAILED = new QName(NAMESPACE, "DeliveryFailed");
  static final QName DELIVERY_TIMEOUT = new QName(NAMESPACE, "DeliveryTimeout");
  static final QName EXPRESSION_FAILED = new QName(NAMESPACE, "ExpressionFailed");

  private ErrorCodes() {}

  /** The declared faults of these operations that the error can stand for. */
  static Set<QName> declared(ErrorDefinition error, Collection<JoinedOperation> operations) {
    var listing =
        operations.stream()
            .filter(o -> o.model().errors().stream().anyMatch(e -> e.id().equals(error.id())))
            .toList();
    var candidates = listing.isEmpty() ? operations : listing;
    return candidates.stream()
        .flatMap(o -> o.faultsOf(error).stream().map(o::faultName))
        .collect(Collectors.toCollection(() -> new TreeSet<>(ErrorCodes::compare)));
  }

  /** The code as written: {@code {namespace}local}, {@code prefix:local} or {@code local}. */
  static Optional<QName> written(ErrorDefinition error) {
    var code = error.code();
    if (code == null || code.isBlank()) {
      return Optional.empty();
    }
    var text = code.strip();
    if (text.startsWith("{")) {
      int end = text.indexOf('}');
      return end < 0 || end == text.length() - 1
          ? Optional.empty()
          : Optional.of(QName.valueOf(text));
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      return Optional.of(new QName(XMLConstants.NULL_NS_URI, text));
    }
    return Optional.ofNullable(error.namespaces().get(text.substring(0, colon)))
        .map(namespace -> new QName(namespace, text.substring(colon + 1)));
  }

  static boolean isGateways(QName code) {
    return code.getNamespaceURI().equals(NAMESPACE);
  }

  private static int compare(QName one, QName other) {
    return one.toString().compareTo(other.toString());
  }
}
