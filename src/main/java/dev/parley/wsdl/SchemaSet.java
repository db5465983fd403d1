package dev.parley.wsdl;

import com.ctc.wstx.stax.WstxInputFactory;
import dev.parley.message.Body;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Set;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import javax.xml.validation.Schema;
import org.codehaus.stax2.XMLStreamReader2;
import org.codehaus.stax2.validation.XMLValidationSchema;
import org.jspecify.annotations.Nullable;

/** The XML Schemas (1.0) of a contract, compiled; safe for many threads. */
public final class SchemaSet {
  /** Declares nothing, so no body is valid but the empty one. */
  public static final SchemaSet NONE = new SchemaSet(null, null, Set.of(), List.of());

  private static final WstxInputFactory STAX = stax();

  /** Validates while reading, in half the time, but explains badly; null where it does not suit. */
  private final @Nullable XMLValidationSchema fast;

  /** The judge; null where there is no schema. */
  private final @Nullable ExactValidation exact;

  private final Set<QName> elements;
  private final List<String> made;

  SchemaSet(
      @Nullable XMLValidationSchema fast,
      @Nullable Schema exact,
      Set<QName> elements,
      List<String> made) {
    this.fast = fast;
    this.exact = exact == null ? null : new ExactValidation(exact, STAX);
    this.elements = Set.copyOf(elements);
    this.made = List.copyOf(made);
  }

  /** The schemas that stand in no document of the contract: those of rpc wrappers. */
  public List<String> made() {
    return made;
  }

  /** Whether there is a global declaration of this element. */
  public boolean declares(QName element) {
    return elements.contains(element);
  }

  /**
   * What of a body does not fit its element's declaration, one sentence each; empty when it is
   * valid, or has no element.
   */
  public List<String> violations(Body body) {
    if (body.isEmpty()) {
      return List.of();
    }
    try {
      if (isSurelyValid(body)) {
        return List.of();
      }
      return exact == null
          ? List.of("There is no schema that declares an element.")
          : exact.violations(body);
    } catch (XMLStreamException e) {
      return List.of("The body is not well-formed XML: " + e.getMessage());
    }
  }

  /**
   * Validates, in the same pass, the element that a reader is about to read, up to {@link #detach}.
   * The doubt is raised when it seems invalid: {@link #violations} then tells whether and why.
   *
   * @return false when this reader or these schemas cannot: ask {@link #violations} instead
   */
  public boolean attach(XMLStreamReader reader, Runnable doubt) throws XMLStreamException {
    if (fast == null || !(unwrapped(reader) instanceof XMLStreamReader2 validating)) {
      return false;
    }
    validating.setValidationProblemHandler(_ -> doubt.run());
    validating.validateAgainst(fast);
    return true;
  }

  /** Ends what {@link #attach} began. */
  public void detach(XMLStreamReader reader) throws XMLStreamException {
    if (fast != null && unwrapped(reader) instanceof XMLStreamReader2 validating) {
      validating.stopValidatingAgainst(fast);
      validating.setValidationProblemHandler(null);
    }
  }

  private boolean isSurelyValid(Body body) throws XMLStreamException {
    if (fast == null) {
      return false;
    }
    var doubt = new boolean[1];
    var reader = reader(body);
    reader.setValidationProblemHandler(_ -> doubt[0] = true);
    reader.validateAgainst(fast);
    while (reader.hasNext() && !doubt[0]) {
      reader.next();
    }
    reader.close();
    return !doubt[0];
  }

  private static XMLStreamReader2 reader(Body body) throws XMLStreamException {
    var bytes = new ByteArrayInputStream(body.bytes(), 0, body.length());
    return (XMLStreamReader2) STAX.createXMLStreamReader(bytes, "UTF-8");
  }

  private static XMLStreamReader unwrapped(XMLStreamReader reader) {
    var inner = reader;
    while (inner instanceof StreamReaderDelegate delegate) {
      inner = delegate.getParent();
    }
    return inner;
  }

  private static WstxInputFactory stax() {
    var factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }
}
