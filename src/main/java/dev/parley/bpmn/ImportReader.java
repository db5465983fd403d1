package dev.parley.bpmn;

import dev.parley.bpmn.Definitions.Import;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads imports (BPMN 2.0.2, clause 8.2.4); nothing outside the bundle is read. */
final class ImportReader {

  private static final Set<String> TYPES =
      Set.of("http://schemas.xmlsoap.org/wsdl/", "http://www.w3.org/2001/XMLSchema");

  private final Path root;
  private final Path folder;
  private final Findings findings;

  ImportReader(Path root, Path file, Findings findings) {
    this.root = root.toAbsolutePath().normalize();
    this.folder = file.toAbsolutePath().normalize().resolveSibling("");
    this.findings = findings;
  }

  List<Import> read(XmlElement definitions) {
    return definitions.children("import").stream().map(this::read1).toList();
  }

  private Import read1(XmlElement element) {
    String type = element.attribute("importType").orElse("");
    if (!TYPES.contains(type)) {
      findings.error(
          element,
          Rule.UNSUPPORTED_IMPORT,
          "Expected the importType of WSDL 1.1 or XML Schema, but found '%s'.".formatted(type),
          type.equals(XmlElement.BPMN)
              ? "Move what is needed into this file: importing other BPMN files is not supported."
              : "Use one of " + TYPES.stream().sorted().toList() + ".");
    }
    String namespace = element.attribute("namespace").orElse("");
    return new Import(
        namespace, TYPES.contains(type) ? file(element) : null, type, element.location());
  }

  private @Nullable String file(XmlElement element) {
    String location = element.attribute("location").orElse("");
    if (location.isEmpty()) {
      return null;
    }
    try {
      var path = folder.resolve(location).normalize();
      if (path.startsWith(root) && Files.isRegularFile(path)) {
        return root.relativize(path).toString().replace('\\', '/');
      }
    } catch (InvalidPathException e) {
      // An address is no path on some systems; it is reported below like one that is.
    }
    findings.error(
        element,
        Rule.IMPORT_FILE,
        "Expected the location to be a file of the bundle, but '%s' is none.".formatted(location),
        "Put the file into the bundle and name it relative to this one.");
    return null;
  }
}
