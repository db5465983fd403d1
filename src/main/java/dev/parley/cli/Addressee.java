package dev.parley.cli;

import dev.parley.deployment.Bundle;
import dev.parley.deployment.Bundles;
import dev.parley.deployment.Deployer;
import dev.parley.deployment.ServicePort;
import dev.parley.deployment.Settings;
import dev.parley.expression.Expressions;
import dev.parley.finding.RefusedException;
import dev.parley.message.MessageKind;
import dev.parley.soap.SoapHosting;
import dev.parley.wsdl.Operation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/** Who a message is for: an operation at a port that a process provides. */
record Addressee(Bundle bundle, ServicePort port, Operation operation) {

  /** Compiles the bundle, and finds the operation; of any process, or of the one that is named. */
  static Addressee find(Path folder, String operation, @Nullable String process)
      throws IOException, RefusedException, UnusableException {
    var bundle = Bundles.read(folder);
    var provided =
        new Deployer(new Expressions(), Settings.DEFAULT)
            .compile(bundle).processes().stream()
                .flatMap(p -> p.provided().stream())
                .filter(p -> process == null || process.equals(p.process()))
                .toList();
    var found = new ArrayList<Addressee>();
    for (var port : provided) {
      port.service().operation(operation).ifPresent(o -> found.add(new Addressee(bundle, port, o)));
    }
    boolean several = found.stream().map(a -> a.port().process()).distinct().count() > 1;
    if (found.isEmpty() || several) {
      throw unclear(
          folder,
          operation,
          found.isEmpty() ? "none" : "several: name one with --process",
          provided);
    }
    return found.getFirst();
  }

  private static UnusableException unclear(
      Path folder, String operation, String found, List<ServicePort> provided) {
    var known = new TreeSet<String>();
    for (var port : provided) {
      port.service()
          .operations()
          .forEach(o -> known.add(port.process() + "/" + o.name().operation()));
    }
    return new UnusableException(
        "Expected an operation '%s' of one process in %s, but found %s; there are (process/operation): %s."
            .formatted(operation, folder, found, String.join(", ", known)));
  }

  /** Where this gateway hosts it; an address with a path is taken as it is. */
  URI at(URI gateway) {
    boolean isWhole = gateway.getPath() != null && gateway.getPath().length() > 1;
    return isWhole ? gateway : gateway.resolve(SoapHosting.path(port));
  }

  String action() {
    return port.port().soapActions().getOrDefault(operation.name().operation(), "");
  }

  /** The element that the pattern's first message has in its body; none where it is empty. */
  Optional<QName> element() {
    var message =
        operation.pattern().first() == MessageKind.INPUT ? operation.input() : operation.output();
    return Optional.ofNullable(message).flatMap(m -> Optional.ofNullable(m.element()));
  }
}
