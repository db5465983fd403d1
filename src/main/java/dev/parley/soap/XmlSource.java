package dev.parley.soap;

import com.ctc.wstx.stax.WstxInputFactory;
import dev.parley.message.FaultKind;
import dev.parley.wsdl.SoapVersion;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.codehaus.stax2.XMLStreamReader2;
import org.jspecify.annotations.Nullable;

/**
 * Reads a SOAP message's XML: bounded, without document type declaration and processing instruction
 * (SOAP 1.2 Part 1, section 5); what is wrong with it is a {@link Refusal}.
 */
final class XmlSource {
  private static final int MAX_DEPTH = 200;
  private static final int MAX_ATTRIBUTES = 500;
  private static final int MAX_ATTRIBUTE_LENGTH = 64 << 10;
  private static final int MAX_CHILDREN = 50_000;
  private static final int MAX_ELEMENTS = 1_000_000;
  private static final int MAX_NAME = 1_000;
  private static final XMLInputFactory FACTORY = factory();

  final XMLStreamReader2 reader;
  private final String process;

  XmlSource(InputStream in, @Nullable String charset, String process) {
    this.process = process;
    try {
      reader =
          (XMLStreamReader2)
              (charset == null
                  ? FACTORY.createXMLStreamReader(in)
                  : FACTORY.createXMLStreamReader(in, charset));
    } catch (XMLStreamException e) {
      throw refusal(e);
    }
  }

  private static XMLInputFactory factory() {
    var factory = new WstxInputFactory();
    var config = factory.getConfig();
    config.doSupportDTDs(false);
    config.doSupportExternalEntities(false);
    // Errors belong to the event they are in, not to whoever looks at its text.
    config.doParseLazily(false);
    config.setMaxElementDepth(MAX_DEPTH);
    config.setMaxAttributesPerElement(MAX_ATTRIBUTES);
    config.setMaxAttributeSize(MAX_ATTRIBUTE_LENGTH);
    config.setMaxChildrenPerElement(MAX_CHILDREN);
    config.setMaxElementCount(MAX_ELEMENTS);
    return factory;
  }

  int next() {
    try {
      int event = reader.next();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT -> checkName();
        case XMLStreamConstants.PROCESSING_INSTRUCTION ->
            throw invalid(
                "A SOAP message must not contain a processing instruction.", "Leave it out.");
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw invalid(
                "A SOAP message must not contain a document type declaration.", "Leave it out.");
        default -> {}
      }
      return event;
    } catch (XMLStreamException e) {
      throw refusal(e);
    }
  }

  /** The next element's start or end, or the end of the document; refuses text in between. */
  int nextTag(String where) {
    while (true) {
      int event = next();
      switch (event) {
        case XMLStreamConstants.START_ELEMENT,
            XMLStreamConstants.END_ELEMENT,
            XMLStreamConstants.END_DOCUMENT -> {
          return event;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!reader.isWhiteSpace()) {
            throw invalid("Expected no text " + where + ".", "Send only elements there.");
          }
        }
        default -> {}
      }
    }
  }

  /** The text of the current element, which must have no elements; ends at its end tag. */
  String elementText() {
    var text = new StringBuilder();
    while (true) {
      int event = next();
      switch (event) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          return text.toString().strip();
        }
        case XMLStreamConstants.START_ELEMENT, XMLStreamConstants.END_DOCUMENT ->
            throw invalid("Expected only text in a header block.", "Correct the header.");
        default -> {}
      }
    }
  }

  /** From the start tag of an element past its end tag. */
  void skipElement() {
    int depth = 1;
    while (depth > 0) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
  }

  boolean isAt(SoapVersion version, String localName) {
    return localName.equals(reader.getLocalName())
        && version.namespace().equals(reader.getNamespaceURI());
  }

  Refusal invalid(String reason, String remedy) {
    var location = reader.getLocation();
    return Faults.refusal(
        FaultKind.INVALID_MESSAGE,
        "%s Line %d, column %d."
            .formatted(reason, location.getLineNumber(), location.getColumnNumber()),
        remedy,
        process);
  }

  void close() {
    try {
      reader.close();
    } catch (XMLStreamException e) {
      throw refusal(e);
    }
  }

  private void checkName() {
    int length = reader.getLocalName().length();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      length = Math.max(length, reader.getAttributeLocalName(i).length());
    }
    if (length > MAX_NAME) {
      throw invalid("A name is longer than " + MAX_NAME + " characters.", "Shorten it.");
    }
  }

  Refusal refusal(XMLStreamException problem) {
    for (Throwable t = problem; t != null; t = t.getCause()) {
      if (t instanceof TooLargeException) {
        return Faults.tooLarge(String.valueOf(t.getMessage()), process);
      }
    }
    String remedy = "Send one well-formed SOAP envelope.";
    var location = problem.getLocation();
    // An I/O error's text may tell of our insides, a parser's does not.
    String text =
        problem.getCause() instanceof IOException
            ? "it could not be read to its end"
            : text(problem);
    String where =
        location == null
            ? ""
            : " Line %d, column %d."
                .formatted(location.getLineNumber(), location.getColumnNumber());
    return Faults.refusal(
        FaultKind.INVALID_MESSAGE,
        "The message is not acceptable XML: " + text + "." + where,
        remedy,
        process);
  }

  private static String text(XMLStreamException problem) {
    String text = String.valueOf(problem.getMessage());
    int line = text.indexOf("\n at [row");
    String first = line < 0 ? text : text.substring(0, line);
    return first.replaceFirst("^[A-Za-z.]*Exception: ", "").replace('\n', ' ');
  }
}
