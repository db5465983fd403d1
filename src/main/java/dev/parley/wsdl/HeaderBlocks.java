package dev.parley.wsdl;

import dev.parley.message.MessageKind;
import dev.parley.wsdl.Documents.Document;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.wsdl.Message;
import javax.wsdl.Part;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/** Reads which header blocks a binding declares (WSDL 1.1, section 3.7). */
final class HeaderBlocks {
  private static final Set<MessageKind> MESSAGES = Set.of(MessageKind.INPUT, MessageKind.OUTPUT);

  private final Messages messages;
  private final Findings findings;

  HeaderBlocks(Messages messages, Findings findings) {
    this.messages = messages;
    this.findings = findings;
  }

  /** Those of an operation, an element of the binding. */
  Set<HeaderBlock> read(Document document, Element operation) {
    var blocks = new HashSet<HeaderBlock>();
    var name = operation.getAttribute("name");
    for (var kind : MESSAGES) {
      for (var message : LocatedXml.children(operation, Index.WSDL, BoundOperation.tag(kind))) {
        for (var header : SoapBinding.children(message, "header")) {
          block(document, header).ifPresent(e -> blocks.add(new HeaderBlock(name, kind, e)));
          for (var fault : SoapBinding.children(header, "headerfault")) {
            block(document, fault)
                .ifPresent(e -> blocks.add(new HeaderBlock(name, MessageKind.FAULT, e)));
          }
        }
      }
    }
    return blocks;
  }

  private Optional<QName> block(Document document, Element header) {
    var name = Patterns.name(header, header.getAttribute("message"));
    var message = messages.find(document, name);
    if (message.isEmpty()) {
      findings.error(
          header,
          Rule.UNRESOLVED_MESSAGE,
          "There is no message %s in this document or those it imports.".formatted(name),
          "Correct the name or import the document that has the message.");
    }
    return message.flatMap(
        m ->
            messages
                .part(m, header, header.getAttribute("part"))
                .flatMap(p -> element(m, p, header)));
  }

  private Optional<QName> element(Message message, Part part, Element header) {
    if (part.getElementName() == null) {
      findings.error(
          header,
          Rule.HEADER_PART,
          "Expected part '%s' of message %s to name an element, for it is a header block, but it names %s."
              .formatted(part.getName(), message.getQName(), Messages.typeOf(part)),
          "Declare a global element and name it: element=\"…\" (also where the style is rpc).");
    }
    return Optional.ofNullable(part.getElementName());
  }
}
