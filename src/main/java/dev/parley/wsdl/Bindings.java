package dev.parley.wsdl;

import dev.parley.wsdl.Documents.Document;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.wsdl.Binding;
import javax.wsdl.BindingOperation;
import javax.wsdl.Message;
import javax.wsdl.PortType;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Reads bindings and holds them to document/literal SOAP over HTTP (WSDL 1.1, section 3). */
final class Bindings {

  /** What a port needs to know of its binding. */
  record Bound(QName interfaceName, SoapVersion version, Map<String, String> soapActions) {}

  private final Index index;
  private final Messages messages;
  private final Findings findings;
  private final IdentityHashMap<Binding, Optional<Bound>> bound = new IdentityHashMap<>();

  Bindings(Index index, Messages messages, Findings findings) {
    this.index = index;
    this.messages = messages;
    this.findings = findings;
  }

  /** Reads all; after that {@link Messages} knows which parts are not in a body. */
  void read() {
    for (var document : index.documents()) {
      for (Object value : index.definition(document).getBindings().values()) {
        if (value instanceof Binding binding && !binding.isUndefined()) {
          bound.put(binding, read(document, binding));
        }
      }
    }
  }

  /** Empty where there was a finding. */
  Optional<Bound> find(Binding binding) {
    return bound.getOrDefault(binding, Optional.empty());
  }

  private Optional<Bound> read(Document document, Binding binding) {
    var element = index.origin(binding);
    // Even a binding that is left out tells which parts are headers.
    LocatedXml.children(element, Index.WSDL, "operation").forEach(this::readHeaders);
    var soap = SoapBinding.child(element, "binding");
    if (soap.isEmpty()) {
      findings.warning(
          element,
          Rule.NOT_SOAP,
          "The binding is not a SOAP binding; its ports are left out.",
          "Nothing, if another port offers the interface over SOAP.");
      return Optional.empty();
    }
    boolean http = speaksHttp(soap.get());
    return portType(document, binding)
        .map(portType -> read(document, binding, soap.get(), portType))
        .filter(_ -> http);
  }

  private Bound read(Document document, Binding binding, Element soap, PortType portType) {
    checkStyle(soap);
    var actions = new HashMap<String, String>();
    for (Object value : binding.getBindingOperations()) {
      var operation = (BindingOperation) value;
      var element = index.origin(operation);
      var soapOperation = SoapBinding.child(element, "operation");
      soapOperation.ifPresent(this::checkStyle);
      soapOperation
          .map(e -> e.getAttribute("soapAction"))
          .filter(action -> !action.isEmpty())
          .ifPresent(action -> actions.put(operation.getName(), action));
      checkUse(element);
      readParts(document, operation, element, portType);
    }
    return new Bound(
        portType.getQName(), SoapBinding.version(soap).orElseThrow(), Map.copyOf(actions));
  }

  private Optional<PortType> portType(Document document, Binding binding) {
    var name = binding.getPortType() == null ? null : binding.getPortType().getQName();
    var found =
        index.find(
            document,
            definition -> {
              var portType = definition.getPortType(name);
              return portType == null || portType.isUndefined() ? null : portType;
            });
    if (found.isEmpty()) {
      findings.error(
          index.origin(binding),
          Rule.UNRESOLVED_PORT_TYPE,
          "There is no port type %s in this document or those it imports.".formatted(name),
          "Correct the name or import the document that has the port type.");
    }
    return found;
  }

  private boolean speaksHttp(Element soap) {
    var transport = soap.getAttribute("transport");
    if (SoapBinding.HTTP.contains(transport)) {
      return true;
    }
    if (transport.equals(SoapBinding.JMS)) {
      findings.warning(
          soap,
          Rule.JMS_TRANSPORT,
          "SOAP over JMS is not supported yet; the binding's ports are left out.",
          "Add a port with SOAP over HTTP.");
    } else {
      findings.error(
          soap,
          Rule.TRANSPORT,
          "Expected SOAP over HTTP, but found transport '%s'.".formatted(transport),
          "Use transport=\"http://schemas.xmlsoap.org/soap/http\".");
    }
    return false;
  }

  private void checkStyle(Element element) {
    if (element.getAttribute("style").equals("rpc")) {
      findings.error(
          element,
          Rule.RPC_STYLE,
          "Expected style 'document', but found 'rpc'.",
          "Use document/literal: one element per message.");
    }
  }

  private void checkUse(Element operation) {
    LocatedXml.children(operation).stream()
        .flatMap(m -> Stream.of("body", "header", "fault").flatMap(n -> all(m, n)))
        .filter(e -> e.getAttribute("use").equals("encoded"))
        .forEach(
            e ->
                findings.error(
                    e,
                    Rule.ENCODED_USE,
                    "Expected use 'literal', but found 'encoded'.",
                    "Use document/literal: use=\"literal\" and no encodingStyle."));
  }

  private static Stream<Element> all(Element message, String name) {
    return SoapBinding.children(message, name).stream();
  }

  private void readParts(
      Document document, BindingOperation binding, Element element, PortType portType) {
    var operation = operation(portType, binding.getName());
    if (operation.isEmpty()) {
      findings.error(
          element,
          Rule.UNRESOLVED_OPERATION,
          "Port type %s has no operation '%s'.".formatted(portType.getQName(), binding.getName()),
          "Correct the operation's name.");
      return;
    }
    var input = operation.get().getInput();
    var output = operation.get().getOutput();
    if (binding.getBindingInput() != null && input != null) {
      readParts(document, index.origin(binding.getBindingInput()), input.getMessage());
    }
    if (binding.getBindingOutput() != null && output != null) {
      readParts(document, index.origin(binding.getBindingOutput()), output.getMessage());
    }
  }

  private void readParts(Document document, Element element, @Nullable Message reference) {
    var body = SoapBinding.child(element, "body").filter(e -> e.hasAttribute("parts"));
    var message = messages.find(document, reference);
    if (body.isPresent() && message.isPresent()) {
      var named = Set.copyOf(List.of(body.get().getAttribute("parts").trim().split("\\s+", -1)));
      for (Object part : message.get().getParts().keySet()) {
        if (!named.contains(String.valueOf(part))) {
          messages.exclude(message.get().getQName(), String.valueOf(part));
        }
      }
    }
  }

  private void readHeaders(Element operation) {
    LocatedXml.children(operation).stream()
        .flatMap(message -> all(message, "header"))
        .forEach(
            header ->
                messages.exclude(
                    Patterns.name(header, header.getAttribute("message")),
                    header.getAttribute("part")));
  }

  private static Optional<javax.wsdl.Operation> operation(PortType portType, String name) {
    for (Object value : portType.getOperations()) {
      if (value instanceof javax.wsdl.Operation operation
          && !operation.isUndefined()
          && operation.getName().equals(name)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }
}
