package dev.parley.wsdl;

import dev.parley.wsdl.Documents.Document;
import java.util.Optional;
import java.util.function.Predicate;
import javax.wsdl.Message;
import javax.wsdl.Part;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Messages as document/literal sends them: at most one element (WSDL 1.1, section 3.5). */
final class MessageTypes {
  private final Index index;
  private final Messages messages;
  private final Predicate<QName> declared;
  private final Findings findings;

  /**
   * @param messages when every binding has been read
   */
  MessageTypes(Index index, Messages messages, Predicate<QName> declared, Findings findings) {
    this.index = index;
    this.messages = messages;
    this.declared = declared;
    this.findings = findings;
  }

  /** The type of the message that an operation's child refers to; empty after a finding. */
  Optional<MessageType> type(Document document, Element at, @Nullable Message reference) {
    var name = reference == null ? null : reference.getQName();
    return type(at, name, messages.find(document, reference));
  }

  Optional<MessageType> type(Document document, Element at, QName name) {
    return type(at, name, messages.find(document, name));
  }

  private Optional<MessageType> type(Element at, @Nullable QName name, Optional<Message> message) {
    if (message.isPresent()) {
      return type(message.get());
    }
    findings.error(
        at,
        Rule.UNRESOLVED_MESSAGE,
        "There is no message %s in this document or those it imports."
            .formatted(name == null ? "named here" : name),
        "Correct the name or import the document that has the message.");
    return Optional.empty();
  }

  private Optional<MessageType> type(Message message) {
    var body = messages.body(message);
    if (body.size() > 1) {
      findings.error(
          index.origin(body.get(1)),
          Rule.SEVERAL_BODY_PARTS,
          "Expected message %s to have one body part, but it has %d."
              .formatted(message.getQName(), body.size()),
          "Put them into one element, or bind the others to headers.");
      return Optional.empty();
    }
    for (var part : body) {
      var element = part.getElementName();
      if (element == null) {
        notAnElement(message, part);
        return Optional.empty();
      }
      checkDeclared(part, element);
    }
    var element = body.isEmpty() ? null : body.getFirst().getElementName();
    return Optional.of(new MessageType(message.getQName(), element));
  }

  private void notAnElement(Message message, Part part) {
    findings.error(
        index.origin(part),
        Rule.BODY_TYPE,
        "Expected part '%s' of message %s to name an element, as document/literal and every fault asks, but it names %s."
            .formatted(part.getName(), message.getQName(), Messages.typeOf(part)),
        "Declare a global element of that type and name it: element=\"…\"; or bind every operation"
            + " of the message with style=\"rpc\".");
  }

  private void checkDeclared(Part part, QName element) {
    if (!declared.test(element)) {
      findings.error(
          index.origin(part),
          Rule.UNDECLARED_ELEMENT,
          "No schema of the bundle declares the element %s.".formatted(element),
          "Correct the name, or add the schema to wsdl:types or import it there.");
    }
  }
}
