package dev.parley.wsdl;

import dev.parley.finding.Location;
import java.util.List;
import java.util.Optional;
import javax.xml.namespace.QName;

/** An interface (WSDL 2.0) or port type (WSDL 1.1, section 2.5). */
public record Interface(QName name, List<Operation> operations, Location location) {
  public Interface {
    operations = List.copyOf(operations);
  }

  public Optional<Operation> operation(String operationName) {
    return operations.stream().filter(o -> o.name().operation().equals(operationName)).findFirst();
  }
}
