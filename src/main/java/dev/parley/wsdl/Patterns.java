package dev.parley.wsdl;

import dev.parley.message.MessageExchangePattern;
import dev.parley.message.MessageExchangePattern.FaultRule;
import dev.parley.message.MessageExchangePattern.Second;
import dev.parley.message.MessageKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.wsdl.OperationType;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/**
 * An operation's message exchange pattern: its shape says most of it (WSDL 1.1, section 2.4), the
 * extension element {@code parley:pattern} what the shape cannot.
 */
final class Patterns {
  private static final String PARLEY = "urn:parley:1";

  private final Findings findings;

  Patterns(Findings findings) {
    this.findings = findings;
  }

  /** The faults that an operation's extension element declares. */
  static List<Element> faults(Element operation) {
    return LocatedXml.children(operation, PARLEY, "pattern").stream()
        .flatMap(pattern -> LocatedXml.children(pattern, PARLEY, "fault").stream())
        .toList();
  }

  /** A qualified name as the element's namespaces resolve it. */
  static QName name(Element at, String qualified) {
    int colon = qualified.indexOf(':');
    var namespace = at.lookupNamespaceURI(colon < 0 ? null : qualified.substring(0, colon));
    return new QName(namespace == null ? "" : namespace, qualified.substring(colon + 1));
  }

  Optional<MessageExchangePattern> of(
      javax.wsdl.Operation operation, Element element, boolean hasFaults) {
    var style = operation.getStyle();
    if (style == null) {
      findings.error(
          element,
          Rule.OPERATION_SHAPE,
          "Expected operation '%s' to have an input or an output.".formatted(operation.getName()),
          "Add the messages it exchanges.");
      return Optional.empty();
    }
    var extensions = LocatedXml.children(element, PARLEY, "pattern");
    if (extensions.size() > 1) {
      findings.error(
          extensions.get(1),
          Rule.PATTERN_TWICE,
          "Expected operation '%s' to have one pattern, but found %d."
              .formatted(operation.getName(), extensions.size()),
          "Keep one of them.");
    }
    return extensions.isEmpty()
        ? Optional.of(byShape(style, hasFaults))
        : named(extensions.get(0), style, hasFaults);
  }

  private Optional<MessageExchangePattern> named(
      Element extension, OperationType style, boolean hasFaults) {
    var uri = extension.getAttribute("uri");
    var pattern = MessageExchangePattern.ofUri(uri);
    if (pattern.isEmpty()) {
      findings.error(
          extension,
          Rule.UNKNOWN_PATTERN,
          "Expected the URI of a message exchange pattern, but found '%s'.".formatted(uri),
          "Use one of the eight, for instance '%s'."
              .formatted(MessageExchangePattern.ROBUST_IN_ONLY.uri()));
    } else if (!fits(pattern.get(), style)) {
      findings.error(
          extension,
          Rule.PATTERN_SHAPE,
          "Expected a pattern of a %s operation (%s), but found '%s'."
              .formatted(shape(style), fitting(style), uri),
          "Use one of these, or give the operation the messages of the pattern, in their order.");
    } else if (hasFaults && pattern.get().faultRule() == FaultRule.NO_FAULTS) {
      findings.error(
          extension,
          Rule.PATTERN_FAULTS,
          "Expected an operation of pattern '%s' to have no faults, but it declares some."
              .formatted(uri),
          "Remove the faults, or use the pattern 'robust-%s'."
              .formatted(uri.substring(uri.lastIndexOf('/') + 1)));
    }
    return pattern;
  }

  private static MessageExchangePattern byShape(OperationType style, boolean hasFaults) {
    boolean in = beginsWithInput(style);
    if (hasSecond(style)) {
      return in ? MessageExchangePattern.IN_OUT : MessageExchangePattern.OUT_IN;
    }
    if (hasFaults) {
      return in ? MessageExchangePattern.ROBUST_IN_ONLY : MessageExchangePattern.ROBUST_OUT_ONLY;
    }
    return in ? MessageExchangePattern.IN_ONLY : MessageExchangePattern.OUT_ONLY;
  }

  private static boolean fits(MessageExchangePattern pattern, OperationType style) {
    return pattern.first() == first(style) && (pattern.second() != Second.NONE) == hasSecond(style);
  }

  /** Which message an operation begins with. */
  static MessageKind first(OperationType style) {
    return beginsWithInput(style) ? MessageKind.INPUT : MessageKind.OUTPUT;
  }

  // OperationType has no identity that survives serialization; it is compared by value.
  private static boolean beginsWithInput(OperationType style) {
    return style.equals(OperationType.ONE_WAY) || style.equals(OperationType.REQUEST_RESPONSE);
  }

  private static boolean hasSecond(OperationType style) {
    return style.equals(OperationType.REQUEST_RESPONSE)
        || style.equals(OperationType.SOLICIT_RESPONSE);
  }

  private static String fitting(OperationType style) {
    return Stream.of(MessageExchangePattern.values())
        .filter(pattern -> fits(pattern, style))
        .map(pattern -> pattern.uri().substring(pattern.uri().lastIndexOf('/') + 1))
        .collect(Collectors.joining(", "));
  }

  private static String shape(OperationType style) {
    if (hasSecond(style)) {
      return beginsWithInput(style) ? "request-response" : "solicit-response";
    }
    return beginsWithInput(style) ? "one-way" : "notification";
  }
}
