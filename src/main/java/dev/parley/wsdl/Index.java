package dev.parley.wsdl;

import dev.parley.wsdl.Documents.Document;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.wsdl.Definition;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * The WSDL documents of a bundle and what each sees of the others: its own components and those of
 * the documents it imports, directly or not (WSDL 1.1, section 2.1.1).
 */
final class Index {
  static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";
  private static final Set<String> NAMED = Set.of("message", "portType", "binding", "service");

  private final Documents documents;
  private final Schemas schemas;
  private final Findings findings;
  private final Map<Document, Definition> definitions = new LinkedHashMap<>();
  private final Map<Document, Set<Document>> imports = new HashMap<>();
  private final IdentityHashMap<Object, Element> origins = new IdentityHashMap<>();
  private final Map<String, Element> names = new HashMap<>();

  Index(Documents documents, Schemas schemas, Findings findings) {
    this.documents = documents;
    this.schemas = schemas;
    this.findings = findings;
  }

  /** Reads a document and all that it imports. */
  void add(Document document) {
    if (imports.containsKey(document)) {
      return;
    }
    imports.put(document, new LinkedHashSet<>());
    if (!document.is(WSDL, "definitions")) {
      findings.error(
          document.root(),
          Rule.NOT_WSDL,
          "Expected the document element 'definitions' of WSDL 1.1, but found '%s' of namespace '%s'."
              .formatted(document.root().getLocalName(), document.root().getNamespaceURI()),
          "Keep only WSDL 1.1 documents under the name *.wsdl.");
      return;
    }
    LocatedReader.read(document.root(), origins, findings)
        .ifPresent(definition -> definitions.put(document, definition));
    for (var child : LocatedXml.children(document.root())) {
      if (WSDL.equals(child.getNamespaceURI())) {
        visit(document, child);
      }
    }
  }

  Collection<Document> documents() {
    return definitions.keySet();
  }

  Definition definition(Document document) {
    var definition = definitions.get(document);
    if (definition == null) {
      throw new IllegalArgumentException("No definition was read from " + document.file());
    }
    return definition;
  }

  /** What a reference in this document means. */
  <T> Optional<T> find(Document from, Function<Definition, @Nullable T> lookup) {
    return reachable(from).stream()
        .map(definitions::get)
        .flatMap(d -> Optional.ofNullable(d == null ? null : lookup.apply(d)).stream())
        .findFirst();
  }

  /** The element a component was read from. */
  Element origin(Object component) {
    var element = origins.get(component);
    if (element == null) {
      throw new IllegalArgumentException("Not read from a document: " + component);
    }
    return element;
  }

  private Set<Document> reachable(Document from) {
    var reached = new LinkedHashSet<Document>();
    var open = new ArrayDeque<Document>();
    open.add(from);
    while (!open.isEmpty()) {
      var document = open.remove();
      if (reached.add(document)) {
        open.addAll(imports.getOrDefault(document, Set.of()));
      }
    }
    return reached;
  }

  private void visit(Document document, Element child) {
    switch (child.getLocalName()) {
      case "import" -> follow(document, child);
      case "types" ->
          LocatedXml.children(child, Schemas.XSD, "schema")
              .forEach(schema -> schemas.add(document, schema));
      default -> checkName(document, child);
    }
  }

  private void checkName(Document document, Element child) {
    if (!NAMED.contains(child.getLocalName())) {
      return;
    }
    var name = "{" + document.targetNamespace() + "}" + child.getAttribute("name");
    var first = names.putIfAbsent(child.getLocalName() + name, child);
    if (first != null) {
      findings.error(
          child,
          Rule.DUPLICATE
              + (child.getLocalName().equals("portType") ? "port-type" : child.getLocalName()),
          "There is already a %s %s, at %s."
              .formatted(child.getLocalName(), name, LocatedXml.location(first)),
          "Keep one and import its document from the other.");
    }
  }

  private void follow(Document document, Element at) {
    var location = at.getAttribute("location");
    if (location.isEmpty()) {
      findings.error(
          at,
          Rule.IMPORT_LOCATION,
          "Expected a location, for the import of namespace '%s'."
              .formatted(at.getAttribute("namespace")),
          "Name the file to import.");
      return;
    }
    documents.imported(document, at, location).ifPresent(found -> follow(document, at, found));
  }

  private void follow(Document document, Element at, Document found) {
    if (!found.targetNamespace().equals(at.getAttribute("namespace"))) {
      findings.error(
          at,
          Rule.IMPORT_NAMESPACE,
          "Expected '%s' to have the imported namespace '%s', but it has '%s'."
              .formatted(
                  at.getAttribute("location"),
                  at.getAttribute("namespace"),
                  found.targetNamespace()),
          "Correct the import's namespace or location.");
    } else if (found.is(Schemas.XSD, "schema")) {
      schemas.add(found, found.root());
    } else {
      imports.computeIfAbsent(document, _ -> new LinkedHashSet<>()).add(found);
      add(found);
    }
  }
}
