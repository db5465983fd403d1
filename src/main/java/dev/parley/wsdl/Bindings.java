package dev.parley.wsdl;

import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.wsdl.Documents.Document;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.wsdl.Binding;
import javax.wsdl.BindingOperation;
import javax.wsdl.Operation;
import javax.wsdl.PortType;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Reads bindings and holds them to literal SOAP over HTTP (WSDL 1.1, section 3). */
final class Bindings {

  /** What a port needs to know of its binding. */
  record Bound(
      QName interfaceName,
      SoapVersion version,
      Map<String, String> soapActions,
      Set<HeaderBlock> headerBlocks) {}

  private final Index index;
  private final Messages messages;
  private final RpcBodies rpc;
  private final HeaderBlocks headers;
  private final Findings findings;
  private final IdentityHashMap<Binding, Optional<Bound>> bound = new IdentityHashMap<>();

  Bindings(Index index, Messages messages, RpcBodies rpc, Findings findings) {
    this.index = index;
    this.messages = messages;
    this.rpc = rpc;
    this.headers = new HeaderBlocks(messages, findings);
    this.findings = findings;
  }

  /** Reads all; then {@link Messages} knows the parts of bodies, {@link RpcBodies} the wrappers. */
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
    LocatedXml.children(element, Index.WSDL, "operation").forEach(this::excludeHeaders);
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
    var style = style(soap, "document");
    var actions = new HashMap<String, String>();
    var blocks = new HashSet<HeaderBlock>();
    for (Object value : binding.getBindingOperations()) {
      var operation = (BindingOperation) value;
      var element = index.origin(operation);
      var soapOperation = SoapBinding.child(element, "operation");
      soapOperation
          .map(e -> e.getAttribute("soapAction"))
          .filter(action -> !action.isEmpty())
          .ifPresent(action -> actions.put(operation.getName(), action));
      checkUse(element);
      blocks.addAll(headers.read(document, element));
      boolean isRpc = soapOperation.map(e -> style(e, style)).orElse(style).equals("rpc");
      find(portType, operation)
          .map(o -> new BoundOperation(document, name(portType, o), o, element, isRpc))
          .ifPresent(o -> read(o, actions.get(operation.getName())));
    }
    return new Bound(portType.getQName(), SoapBinding.version(soap).orElseThrow(), actions, blocks);
  }

  private void read(BoundOperation operation, @Nullable String soapAction) {
    if (soapAction != null) {
      checkAction(operation, soapAction);
    }
    readBodies(operation);
  }

  /** On the wire the two must be the same (WS-Addressing 1.0 SOAP Binding, section 2.4). */
  private void checkAction(BoundOperation bound, String soapAction) {
    var operation = bound.operation();
    Object first =
        bound.isResponse(MessageKind.INPUT) ? operation.getOutput() : operation.getInput();
    Optional.ofNullable(first)
        .flatMap(message -> ActionAttribute.of(index.origin(message)))
        .filter(action -> !action.equals(soapAction))
        .ifPresent(
            action ->
                findings.warning(
                    bound.element(),
                    Rule.ACTION_MISMATCH,
                    "Expected soapAction '%s', the action that the port type gives the message, but found '%s'."
                        .formatted(action, soapAction),
                    "Give both the same value, or leave soapAction empty: a receiver may refuse a"
                        + " message whose actions differ."));
  }

  private void readBodies(BoundOperation operation) {
    for (var kind : List.of(MessageKind.INPUT, MessageKind.OUTPUT)) {
      if (!operation.has(kind)) {
        operation.bound(kind).ifPresent(at -> notInOperation(operation, kind, at));
      } else if (!operation.isRpc()) {
        excludeUnnamed(operation, kind);
      }
    }
    rpc.add(operation);
  }

  private void excludeUnnamed(BoundOperation operation, MessageKind kind) {
    messages
        .find(operation.document(), operation.message(kind))
        .ifPresent(
            message -> {
              var named = messages.named(message, operation.body(kind));
              for (var part : Messages.parts(message)) {
                if (!named.contains(part.getName())) {
                  messages.exclude(message.getQName(), part.getName());
                }
              }
            });
  }

  private void notInOperation(BoundOperation operation, MessageKind kind, Element at) {
    findings.error(
        at,
        Rule.BINDING_MESSAGE,
        "Expected the binding to have the messages of operation '%s', but the operation has no %s."
            .formatted(operation.name().operation(), BoundOperation.tag(kind)),
        "Remove it from the binding, or add the message to the operation of port type %s."
            .formatted(operation.name().interfaceName()));
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

  private String style(Element element, String inherited) {
    var style = element.getAttribute("style");
    if (style.isEmpty()) {
      return inherited;
    }
    if (!style.equals("document") && !style.equals("rpc")) {
      findings.error(
          element,
          Rule.STYLE,
          "Expected style 'document' or 'rpc', but found '%s'.".formatted(style),
          "Use one of the two.");
    }
    return style;
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
                    "Use use=\"literal\" and no encodingStyle, with style rpc too."));
  }

  private static Stream<Element> all(Element message, String name) {
    return SoapBinding.children(message, name).stream();
  }

  private void excludeHeaders(Element operation) {
    LocatedXml.children(operation).stream()
        .flatMap(message -> all(message, "header"))
        .forEach(
            header ->
                messages.exclude(
                    Patterns.name(header, header.getAttribute("message")),
                    header.getAttribute("part")));
  }

  private Optional<Operation> find(PortType portType, BindingOperation binding) {
    for (Object value : portType.getOperations()) {
      if (value instanceof Operation operation
          && !operation.isUndefined()
          && operation.getName().equals(binding.getName())) {
        return Optional.of(operation);
      }
    }
    findings.error(
        index.origin(binding),
        Rule.UNRESOLVED_OPERATION,
        "Port type %s has no operation '%s'.".formatted(portType.getQName(), binding.getName()),
        "Correct the operation's name.");
    return Optional.empty();
  }

  private static OperationName name(PortType portType, Operation operation) {
    return new OperationName(portType.getQName(), operation.getName());
  }
}
