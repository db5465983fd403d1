package dev.parley.wsdl;

import dev.parley.finding.Location;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** The XML files of a bundle, each read once; nothing outside its folder is ever opened. */
final class Documents {

  /** A file of the bundle and its document element. */
  record Document(Path file, Element root) {
    String targetNamespace() {
      return root.getAttribute("targetNamespace");
    }

    boolean is(String namespace, String localName) {
      return namespace.equals(root.getNamespaceURI()) && localName.equals(root.getLocalName());
    }
  }

  private final Path given;
  private final Path root;
  private final Findings findings;
  private final Map<Path, Optional<Document>> byFile = new LinkedHashMap<>();

  Documents(Path root, Findings findings) {
    this.given = root.toAbsolutePath().normalize();
    this.root = real(root);
    this.findings = findings;
  }

  /** One of the bundle's files. */
  Optional<Document> file(Path file) {
    return load(root.resolve(given.relativize(file.toAbsolutePath().normalize())));
  }

  /** The file that an import or include names, relative to the file it stands in. */
  Optional<Document> imported(Document importer, Element at, String location) {
    var file = inside(importer, location);
    if (file == null) {
      findings.error(
          at,
          "xml.import-outside",
          "Expected the relative path of a file inside the bundle, but found '%s'."
              .formatted(location),
          "Copy the file into the bundle and name it by a relative path.");
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      findings.error(
          at,
          "xml.import-missing",
          "There is no file '%s' in the bundle.".formatted(relative(file)),
          "Add the file to the bundle or correct the path.");
      return Optional.empty();
    }
    return load(file);
  }

  Collection<Document> all() {
    return byFile.values().stream().flatMap(Optional::stream).toList();
  }

  private Optional<Document> load(Path file) {
    var known = byFile.get(file);
    if (known != null) {
      return known;
    }
    var name = relative(file);
    Optional<Document> document;
    // A link may lead out of the bundle though its own path does not.
    if (real(file).startsWith(root)) {
      document = LocatedXml.read(file, name, findings).map(e -> new Document(file, e));
    } else {
      document = Optional.empty();
      findings.error(
          Location.of(name),
          "",
          "xml.import-outside",
          "The file is a link that leads out of the bundle.",
          "Put the file itself into the bundle.");
    }
    byFile.put(file, document);
    return document;
  }

  private @Nullable Path inside(Document importer, String location) {
    try {
      var uri = new URI(location);
      var folder = importer.file().getParent();
      if (uri.isAbsolute() || uri.getAuthority() != null || folder == null) {
        return null;
      }
      var path = uri.getPath();
      if (path == null || path.isEmpty() || path.startsWith("/") || path.contains("\\")) {
        return null;
      }
      var file = folder.resolve(path).normalize();
      return file.startsWith(root) ? file : null;
    } catch (URISyntaxException | InvalidPathException e) {
      return null;
    }
  }

  private String relative(Path file) {
    var path = file.startsWith(root) ? root.relativize(file) : file.getFileName();
    return path == null ? file.toString() : path.toString().replace('\\', '/');
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }
}
