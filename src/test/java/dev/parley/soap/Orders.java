package dev.parley.soap;

import dev.parley.deployment.ServicePort;
import dev.parley.finding.Location;
import dev.parley.message.MessageExchangePattern;
import dev.parley.message.OperationName;
import dev.parley.wsdl.FaultType;
import dev.parley.wsdl.Interface;
import dev.parley.wsdl.MessageType;
import dev.parley.wsdl.Operation;
import dev.parley.wsdl.Port;
import dev.parley.wsdl.SchemaSet;
import dev.parley.wsdl.SoapVersion;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** The contract of order.wsdl, by hand. */
final class Orders {
  static final String NAMESPACE = "urn:order";
  static final Location HERE = Location.of("order.wsdl");
  static final QName TYPE = new QName(NAMESPACE, "Orders");

  private static final Map<String, String> ACTIONS =
      Map.of(
          "submit", "urn:order:submit",
          "find", "urn:order:find",
          "count", "urn:order:count",
          "ping", "urn:order:ping");

  private Orders() {}

  static Interface service() {
    return service(MessageExchangePattern.IN_OUT);
  }

  /** With another pattern for the operation find. */
  static Interface service(MessageExchangePattern find) {
    return new Interface(
        TYPE,
        List.of(
            operation("submit", MessageExchangePattern.IN_OUT, "order", "receipt"),
            operation("note", MessageExchangePattern.IN_ONLY, "note", null),
            operation("find", find, "query", "receipt"),
            operation("count", MessageExchangePattern.IN_OUT, "query", "receipt"),
            operation("ping", MessageExchangePattern.IN_OUT, "", ""),
            operation("announce", MessageExchangePattern.OUT_ONLY, null, "announcement")),
        HERE);
  }

  static Operation operation(String name) {
    return service().operation(name).orElseThrow();
  }

  static ServicePort port(SoapVersion version) {
    return port(version, service(), file(), SchemaSet.NONE);
  }

  static ServicePort port(SoapVersion version, Interface service, Path file, SchemaSet schemas) {
    String name = version == SoapVersion.SOAP_11 ? "Orders11" : "Orders12";
    var port =
        new Port(
            new QName(NAMESPACE, "OrderService"),
            name,
            TYPE,
            version,
            "http://example.invalid/",
            ACTIONS,
            Set.of(),
            HERE);
    return new ServicePort("shop", service, port, file, schemas);
  }

  static Path file() {
    try {
      return Path.of(Objects.requireNonNull(Orders.class.getResource("/soap/order.wsdl")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Operation operation(
      String name, MessageExchangePattern pattern, @Nullable String in, @Nullable String out) {
    var faults =
        name.equals("submit")
            ? List.of(new FaultType("OutOfStock", message("outOfStock")))
            : List.<FaultType>of();
    return new Operation(
        new OperationName(TYPE, name),
        pattern,
        in == null ? null : message(in),
        out == null ? null : message(out),
        faults,
        HERE);
  }

  private static MessageType message(String element) {
    return new MessageType(
        new QName(NAMESPACE, element), element.isEmpty() ? null : new QName(NAMESPACE, element));
  }
}
