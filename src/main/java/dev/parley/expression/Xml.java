package dev.parley.expression;

import com.ctc.wstx.stax.WstxInputFactory;
import dev.parley.message.Body;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLInputFactory2;
import org.codehaus.stax2.XMLStreamReader2;
import org.codehaus.stax2.io.Stax2ByteArraySource;
import org.codehaus.stax2.util.StreamReader2Delegate;

/** Reads bodies as streams; refuses document types and with them every entity. */
final class Xml {
  private static final XMLInputFactory2 FACTORY = factory();

  private Xml() {}

  static XMLStreamReader2 reader(Body body) throws XMLStreamException {
    var source = new Stax2ByteArraySource(body.bytes(), 0, body.length());
    return new Guarded((XMLStreamReader2) FACTORY.createXMLStreamReader(source));
  }

  static EvaluationException malformed(Exception e) {
    return new EvaluationException(
        "Expected one well-formed element: " + Diagnosis.tidy(e.getMessage()));
  }

  private static XMLInputFactory2 factory() {
    var factory = new WstxInputFactory();
    factory.configureForSpeed();
    factory.setProperty(XMLInputFactory2.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory2.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory2.P_PRESERVE_LOCATION, false);
    return factory;
  }

  private static final class Guarded extends StreamReader2Delegate {
    Guarded(XMLStreamReader2 reader) {
      super(reader);
    }

    @Override
    public int next() throws XMLStreamException {
      int event = super.next();
      if (event == DTD || event == ENTITY_REFERENCE) {
        throw new XMLStreamException("A document type or an entity is not allowed");
      }
      return event;
    }
  }
}
