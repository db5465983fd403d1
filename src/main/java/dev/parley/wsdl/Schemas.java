package dev.parley.wsdl;

import dev.parley.wsdl.Documents.Document;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/**
 * Finds every schema that the documents of a bundle contain, import or include, and gives each an
 * address of its own, at which a compiler finds it (XML Schema 1.0 Part 1, section 4.2).
 */
final class Schemas {
  static final String XSD = XMLConstants.W3C_XML_SCHEMA_NS_URI;
  private static final Set<String> REFERENCES = Set.of("import", "include", "redefine");

  private final Documents documents;
  private final Findings findings;
  private final Map<Element, String> addresses = new LinkedHashMap<>();
  private final Map<Element, Document> included = new LinkedHashMap<>();
  private final Map<String, List<Element>> byNamespace = new LinkedHashMap<>();
  private final List<Element> imports = new ArrayList<>();
  private final List<Element> made = new ArrayList<>();

  Schemas(Documents documents, Findings findings) {
    this.documents = documents;
    this.findings = findings;
  }

  /** A schema that stands in no document of the bundle. */
  void addMade(Document user, Element schema) {
    made.add(schema);
    add(user, schema);
  }

  static boolean refersToDocument(Element element) {
    return XSD.equals(element.getNamespaceURI()) && REFERENCES.contains(element.getLocalName());
  }

  /** A schema that stands alone, inline or as a file. */
  void add(Document document, Element schema) {
    var siblings =
        byNamespace.computeIfAbsent(schema.getAttribute("targetNamespace"), _ -> new ArrayList<>());
    // Partners' documents often repeat a common schema word for word.
    if (siblings.stream().noneMatch(s -> s == schema || s.isEqualNode(schema))) {
      siblings.add(schema);
      visit(document, schema);
    }
  }

  /** The global declaration of an element. */
  Optional<Element> element(QName name) {
    return find("element", name);
  }

  /** Whether there is a global definition of a type, or XML Schema has it. */
  boolean hasType(QName name) {
    return name.getNamespaceURI().equals(XSD)
        || find("complexType", name).or(() -> find("simpleType", name)).isPresent();
  }

  /** Every schema by the address the others know it at, and one document that imports them all. */
  SchemaTexts texts() {
    var texts = new LinkedHashMap<String, String>();
    for (var at : imports) {
      checkResolved(at);
      // What could not be found is a finding already, and stays empty.
      texts.put(
          SchemaTexts.addressOf(at.getAttribute("namespace")),
          SchemaTexts.including(at.getAttribute("namespace"), List.of()));
    }
    var files = new LinkedHashMap<String, String>();
    addresses.forEach(
        (schema, address) -> {
          texts.put(address, SchemaText.of(schema, this::addressOf));
          files.put(address, LocatedXml.location(schema).file());
        });
    var namespaces = new ArrayList<>(byNamespace.keySet());
    for (var namespace : namespaces) {
      texts.put(
          SchemaTexts.addressOf(namespace),
          SchemaTexts.including(
              namespace,
              byNamespace.getOrDefault(namespace, List.of()).stream()
                  .map(schema -> addresses.getOrDefault(schema, ""))
                  .toList()));
    }
    boolean fast = addresses.keySet().stream().allMatch(FastValidation::suits);
    var own = made.stream().map(schema -> SchemaText.of(schema, this::addressOf)).toList();
    return new SchemaTexts(texts, files, namespaces, own, fast);
  }

  private Optional<Element> find(String kind, QName name) {
    return byNamespace.getOrDefault(name.getNamespaceURI(), List.of()).stream()
        .flatMap(schema -> find(kind, name.getLocalPart(), schema, new HashSet<>()))
        .findFirst();
  }

  /** There, or in what it includes. */
  private Stream<Element> find(String kind, String name, Element schema, Set<Element> seen) {
    if (!seen.add(schema)) {
      return Stream.empty();
    }
    var own =
        LocatedXml.children(schema, XSD, kind).stream()
            .filter(e -> e.getAttribute("name").equals(name));
    var others =
        LocatedXml.children(schema).stream()
            .flatMap(at -> Optional.ofNullable(included.get(at)).stream())
            .flatMap(document -> find(kind, name, document.root(), seen));
    return Stream.concat(own, others);
  }

  private void visit(Document document, Element schema) {
    if (addresses.containsKey(schema)) {
      return;
    }
    addresses.put(schema, SchemaTexts.ADDRESS + "schema/" + addresses.size());
    for (var child : LocatedXml.children(schema)) {
      if (refersToDocument(child)) {
        refer(document, child);
      }
    }
  }

  private void refer(Document document, Element at) {
    var location = at.getAttribute("schemaLocation");
    boolean isImport = at.getLocalName().equals("import");
    if (isImport) {
      if (SchemaTexts.isBuiltIn(at.getAttribute("namespace"))) {
        return;
      }
      imports.add(at);
    }
    if (location.isEmpty()) {
      if (!isImport) {
        error(at, Rule.SCHEMA_LOCATION, "Expected a schemaLocation.", "Name the file to include.");
      }
      return;
    }
    documents.imported(document, at, location).ifPresent(found -> refer(found, at, isImport));
  }

  private void refer(Document found, Element at, boolean isImport) {
    if (!found.is(XSD, "schema")) {
      error(
          at,
          Rule.SCHEMA_LOCATION,
          "Expected '%s' to be a schema, but it is a '%s'."
              .formatted(at.getAttribute("schemaLocation"), found.root().getLocalName()),
          "Name a file whose document element is xsd:schema.");
    } else if (!isImport) {
      included.put(at, found);
      visit(found, found.root());
    } else if (!found.targetNamespace().equals(at.getAttribute("namespace"))) {
      error(
          at,
          Rule.SCHEMA_IMPORT_NAMESPACE,
          "Expected a schema of namespace '%s', but '%s' has namespace '%s'."
              .formatted(
                  at.getAttribute("namespace"),
                  at.getAttribute("schemaLocation"),
                  found.targetNamespace()),
          "Correct the namespace or the schemaLocation.");
    } else {
      add(found, found.root());
    }
  }

  private void checkResolved(Element at) {
    var namespace = at.getAttribute("namespace");
    if (!byNamespace.containsKey(namespace) && at.getAttribute("schemaLocation").isEmpty()) {
      error(
          at,
          Rule.SCHEMA_IMPORT_UNRESOLVED,
          "No schema of the bundle has the imported namespace '%s'.".formatted(namespace),
          "Add a schemaLocation that names a file of the bundle.");
    }
  }

  private String addressOf(Element reference) {
    var found = included.get(reference);
    if (found != null) {
      return addresses.getOrDefault(found.root(), "");
    }
    return reference.getLocalName().equals("import")
        ? SchemaTexts.addressOf(reference.getAttribute("namespace"))
        : SchemaTexts.ADDRESS + "nothing";
  }

  private void error(Element at, String rule, String problem, String remedy) {
    findings.error(at, rule, problem, remedy);
  }
}
