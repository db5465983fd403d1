package dev.parley.soap;

import dev.parley.deployment.ServicePort;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * The header blocks that a port understands besides those of WS-Addressing (SOAP 1.2 Part 1,
 * section 2.4): the ones it was told of, and the reference parameters of our own endpoints.
 */
record Understood(Set<QName> names) implements Predicate<QName> {
  private static final String OWN = "urn:parley:1";

  Understood {
    names = Set.copyOf(names);
  }

  /** By whoever receives or sends at a port; null where none is known. */
  static Understood by(@Nullable ServicePort port) {
    return new Understood(port == null ? Set.of() : names(port));
  }

  /** What the binding declares of any operation, for the header is read before the body. */
  private static Set<QName> names(ServicePort port) {
    var names = new HashSet<>(port.understood());
    port.port().headerBlocks().forEach(block -> names.add(block.element()));
    return names;
  }

  @Override
  public boolean test(QName block) {
    return OWN.equals(block.getNamespaceURI()) || names.contains(block);
  }
}
