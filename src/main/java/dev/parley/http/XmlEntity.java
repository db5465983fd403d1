package dev.parley.http;

import com.ctc.wstx.stax.WstxInputFactory;
import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;

/** The one element of an XML document, without what stands before and after it. */
final class XmlEntity {
  private static final WstxInputFactory FACTORY = factory();

  private XmlEntity() {}

  static String element(String document) throws Refusal {
    try {
      var reader = (XMLStreamReader2) FACTORY.createXMLStreamReader(new StringReader(document));
      try {
        return element(document, reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw malformed(
          "%s (line %d, column %d)"
              .formatted(
                  String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                  e.getLocation() == null ? 0 : e.getLocation().getLineNumber(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNumber()));
    }
  }

  private static String element(String document, XMLStreamReader2 reader)
      throws XMLStreamException, Refusal {
    long start = -1;
    long end = -1;
    int depth = 0;
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw malformed("A document type or an entity is not allowed");
      }
      if (event == XMLStreamConstants.START_ELEMENT && depth++ == 0) {
        start = reader.getLocationInfo().getStartingCharOffset();
      }
      if (event == XMLStreamConstants.END_ELEMENT && --depth == 0) {
        end = reader.getLocationInfo().getEndingCharOffset();
      }
    }
    return document.substring((int) start, (int) end);
  }

  private static Refusal malformed(String why) {
    return Refusal.of(400, "Bad Request", "The payload is no well-formed XML: " + why + ".");
  }

  private static WstxInputFactory factory() {
    var factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }
}
