package dev.parley.soap;

import dev.parley.deployment.ServicePort;
import dev.parley.finding.RefusedException;
import dev.parley.message.OperationName;
import dev.parley.wsdl.Operation;
import dev.parley.wsdl.Wsdl;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.xml.namespace.QName;

/** The contract of market.wsdl, whose operations begin with the service's own messages. */
final class Market {
  static final String NAMESPACE = "http://market.example";
  static final QName TYPE = new QName(NAMESPACE, "Market");

  private Market() {}

  static ServicePort port() {
    try {
      var file =
          Path.of(Objects.requireNonNull(Market.class.getResource("/soap/market.wsdl")).toURI());
      var contract = Wsdl.read(Objects.requireNonNull(file.getParent()), List.of(file));
      var service = contract.find(TYPE).orElseThrow();
      var port = contract.portsOf(TYPE).getFirst();
      return new ServicePort("buyer", service, port, file, contract.schemas());
    } catch (URISyntaxException | RefusedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Operation operation(String name) {
    return port().service().operation(name).orElseThrow();
  }

  static OperationName name(String operation) {
    return new OperationName(TYPE, operation);
  }

  static String element(String name) {
    return "<m:%s xmlns:m=\"%s\">x</m:%s>".formatted(name, NAMESPACE, name);
  }
}
