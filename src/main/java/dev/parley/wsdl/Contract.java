package dev.parley.wsdl;

import dev.parley.finding.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;

/**
 * All that the WSDL documents of a bundle say together.
 *
 * @param portFiles the file that each port came from
 */
public record Contract(
    Map<QName, Interface> interfaces,
    List<Port> ports,
    Map<Port, Path> portFiles,
    SchemaSet schemas,
    List<Finding> warnings) {
  public Contract {
    interfaces = Map.copyOf(interfaces);
    ports = List.copyOf(ports);
    portFiles = Map.copyOf(portFiles);
    warnings = List.copyOf(warnings);
  }

  public Optional<Interface> find(QName interfaceName) {
    return Optional.ofNullable(interfaces.get(interfaceName));
  }

  public List<Port> portsOf(QName interfaceName) {
    return ports.stream().filter(p -> p.interfaceName().equals(interfaceName)).toList();
  }
}
