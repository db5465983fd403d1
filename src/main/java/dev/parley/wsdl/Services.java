package dev.parley.wsdl;

import dev.parley.wsdl.Documents.Document;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.wsdl.Binding;
import javax.wsdl.Service;

/** Reads services and their ports (WSDL 1.1, sections 2.6 and 2.7). */
final class Services {
  private final Index index;
  private final Bindings bindings;
  private final Findings findings;

  Services(Index index, Bindings bindings, Findings findings) {
    this.index = index;
    this.bindings = bindings;
    this.findings = findings;
  }

  /** The ports by file and line, each with its document's file. */
  Map<Port, Path> read() {
    var ports = new TreeMap<Port, Path>(Comparator.comparing(Port::location));
    for (var document : index.documents()) {
      for (Object value : index.definition(document).getServices().values()) {
        var service = (Service) value;
        for (Object port : service.getPorts().values()) {
          read(document, service, (javax.wsdl.Port) port)
              .ifPresent(p -> ports.put(p, document.file()));
        }
      }
    }
    return ports;
  }

  private Optional<Port> read(Document document, Service service, javax.wsdl.Port port) {
    var element = index.origin(port);
    return binding(document, port)
        .flatMap(bindings::find)
        .map(
            bound ->
                new Port(
                    service.getQName(),
                    port.getName(),
                    bound.interfaceName(),
                    bound.version(),
                    SoapBinding.child(element, "address")
                        .map(e -> e.getAttribute("location"))
                        .orElse(""),
                    bound.soapActions(),
                    bound.headerBlocks(),
                    LocatedXml.location(element)));
  }

  private Optional<Binding> binding(Document document, javax.wsdl.Port port) {
    var name = port.getBinding() == null ? null : port.getBinding().getQName();
    var found =
        index.find(
            document,
            definition -> {
              var binding = definition.getBinding(name);
              return binding == null || binding.isUndefined() ? null : binding;
            });
    if (found.isEmpty()) {
      findings.error(
          index.origin(port),
          Rule.UNRESOLVED_BINDING,
          "There is no binding %s in this document or those it imports.".formatted(name),
          "Correct the name or import the document that has the binding.");
    }
    return found;
  }
}
