package dev.parley.soap;

import dev.parley.message.Body;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLStreamReader2;
import org.jspecify.annotations.Nullable;

/**
 * Copies one element out of a document, every namespace in scope declared on it: prefixes may occur
 * in values, as in {@code xsi:type}, where no parser sees them.
 */
final class BodyCopy {
  private static final int CAPACITY = 2_048;

  private final XmlSource source;
  private final XMLStreamReader2 reader;
  private boolean empty;
  private final XmlBytes xml = new XmlBytes(CAPACITY);

  private BodyCopy(XmlSource source) {
    this.source = source;
    this.reader = source.reader;
  }

  /** From the element's start tag to its end tag; scope is what its ancestors declare. */
  static Body copy(XmlSource source, Map<String, String> scope) {
    var copy = new BodyCopy(source);
    copy.run(scope);
    return Body.of(copy.xml.toBytes());
  }

  /** Adds what the current start tag declares to what its ancestors do. */
  static void addScope(XMLStreamReader reader, Map<String, String> scope) {
    for (int i = 0; i < reader.getNamespaceCount(); i++) {
      String prefix = orEmpty(reader.getNamespacePrefix(i));
      String namespace = orEmpty(reader.getNamespaceURI(i));
      if (namespace.isEmpty()) {
        scope.remove(prefix);
      } else {
        scope.put(prefix, namespace);
      }
    }
  }

  private void run(Map<String, String> scope) {
    var all = new LinkedHashMap<>(scope);
    addScope(reader, all);
    open();
    all.forEach(this::declaration);
    attributes();
    int depth = 1;
    while (depth > 0) {
      switch (source.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          startTag();
          depth++;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          endTag();
          depth--;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
            xml.text(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        case XMLStreamConstants.COMMENT -> xml.raw("<!--").raw(reader.getText()).raw("-->");
        default -> {}
      }
    }
  }

  private void endTag() {
    if (empty) {
      empty = false;
      return;
    }
    xml.raw("</");
    name();
    xml.raw(">");
  }

  private void startTag() {
    open();
    for (int i = 0; i < reader.getNamespaceCount(); i++) {
      declaration(orEmpty(reader.getNamespacePrefix(i)), orEmpty(reader.getNamespaceURI(i)));
    }
    attributes();
  }

  private void open() {
    xml.raw("<");
    name();
  }

  private void name() {
    qualified(reader.getPrefix(), reader.getLocalName());
  }

  private void attributes() {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      String prefix = orEmpty(reader.getAttributePrefix(i));
      String local = reader.getAttributeLocalName(i);
      xml.attribute(prefix.isEmpty() ? local : prefix + ":" + local, reader.getAttributeValue(i));
    }
    empty = isEmpty();
    xml.raw(empty ? "/>" : ">");
  }

  private boolean isEmpty() {
    try {
      return reader.isEmptyElement();
    } catch (XMLStreamException e) {
      throw source.refusal(e);
    }
  }

  private void declaration(String prefix, String namespace) {
    xml.attribute(prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, namespace);
  }

  private void qualified(@Nullable String prefix, String local) {
    if (prefix != null && !prefix.isEmpty()) {
      xml.raw(prefix).raw(":");
    }
    xml.raw(local);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
