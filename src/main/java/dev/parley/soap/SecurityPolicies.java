package dev.parley.soap;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import javax.wsdl.Definition;
import javax.wsdl.Import;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.apache.cxf.staxutils.StaxUtils;

/**
 * Looks for what WS-SecurityPolicy asks of messages: CXF would ignore it, and take messages that
 * the document says are refused.
 */
final class SecurityPolicies {
  private static final String NAMESPACE_PART = "ws-securitypolicy";

  private SecurityPolicies() {}

  /** The first assertion in a document or what it imports. */
  static Optional<QName> find(Definition document) throws IOException {
    var seen = new HashSet<String>();
    var open = new ArrayDeque<Definition>();
    open.add(document);
    while (!open.isEmpty()) {
      var next = open.remove();
      if (!seen.add(next.getDocumentBaseURI())) {
        continue;
      }
      var found = findIn(next.getDocumentBaseURI());
      if (found.isPresent()) {
        return found;
      }
      for (Object imports : next.getImports().values()) {
        for (Object one : (Iterable<?>) imports) {
          open.add(((Import) one).getDefinition());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<QName> findIn(String uri) throws IOException {
    try (InputStream in = URI.create(uri).toURL().openStream()) {
      var reader = StaxUtils.createXMLStreamReader(in);
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT
            && String.valueOf(reader.getNamespaceURI()).contains(NAMESPACE_PART)) {
          return Optional.of(reader.getName());
        }
      }
      return Optional.empty();
    } catch (XMLStreamException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
