package dev.parley.wsdl;

import dev.parley.finding.RefusedException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import javax.xml.namespace.QName;

/** Reads the WSDL 1.1 documents of a bundle: document/literal and rpc/literal, SOAP 1.1 and 1.2. */
public final class Wsdl {
  private Wsdl() {}

  /**
   * Reads these files and what they import; nothing outside the root is opened.
   *
   * @param root the bundle's folder
   * @param files the WSDL documents in it
   * @throws RefusedException with every finding at once
   */
  public static Contract read(Path root, List<Path> files) throws RefusedException {
    var findings = new Findings();
    var documents = new Documents(root, findings);
    var schemas = new Schemas(documents, findings);
    var index = new Index(documents, schemas, findings);
    files.forEach(file -> documents.file(file).ifPresent(index::add));

    var messages = new Messages(index, findings);
    var rpc = new RpcBodies(index, messages, schemas, findings);
    var bindings = new Bindings(index, messages, rpc, findings);
    bindings.read();

    var compiled = new SchemaCompiler(schemas.texts(), findings).compile();
    Predicate<QName> declared = element -> compiled.map(s -> s.declares(element)).orElse(true);
    var types = new MessageTypes(index, messages, declared, findings);
    var interfaces = new Interfaces(index, types, rpc, findings).read();
    var ports = new Services(index, bindings, findings).read();
    if (findings.hasErrors()) {
      throw new RefusedException(findings.all());
    }
    return new Contract(
        interfaces,
        List.copyOf(ports.keySet()),
        ports,
        compiled.orElse(SchemaSet.NONE),
        findings.all());
  }
}
