package dev.parley.soap;

import static javax.xml.stream.XMLStreamConstants.START_ELEMENT;

import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.wsdl.Operation;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;

/**
 * Reads a partner's fault: declared where its detail is that of a fault of the operation (SOAP 1.1,
 * section 4.4; SOAP 1.2 Part 1, section 5.4).
 */
final class FaultReader {
  private final XmlSource source;
  private final Operation operation;
  private final Map<String, String> scope = new LinkedHashMap<>();
  private QName code = new QName("");
  private String reason = "";
  private @Nullable QName detailName;
  private Body detail = Body.EMPTY;

  private FaultReader(XmlSource source, Operation operation) {
    this.source = source;
    this.operation = operation;
  }

  static boolean isFault(Envelope envelope) {
    return new QName(envelope.version().namespace(), "Fault").equals(envelope.root());
  }

  static Fault read(Body fault, Operation operation) {
    var source = new XmlSource(new ByteArrayInputStream(fault.bytes()), null, "");
    return new FaultReader(source, operation).read();
  }

  private Fault read() {
    source.nextTag("before the fault");
    BodyCopy.addScope(source.reader, scope);
    while (source.nextTag("in the fault") == START_ELEMENT) {
      switch (source.reader.getLocalName()) {
        case "faultcode" -> code = code();
        case "faultstring" -> reason = source.elementText();
        case "Code" -> codes();
        case "Reason" -> reasons();
        case "detail", "Detail" -> details();
        default -> source.skipElement();
      }
    }
    source.close();
    return fault();
  }

  private Fault fault() {
    @Nullable QName name = detailName;
    if (name != null) {
      var declared = operation.faultWithDetail(name);
      if (declared.isPresent()) {
        String namespace = operation.name().interfaceName().getNamespaceURI();
        return new Fault.Declared(new QName(namespace, declared.get().name()), detail, reason);
      }
    }
    return new Fault.Undeclared(code, reason, detail);
  }

  /** The most special one counts. */
  private void codes() {
    BodyCopy.addScope(source.reader, scope);
    while (source.nextTag("in the code") == START_ELEMENT) {
      switch (source.reader.getLocalName()) {
        case "Value" -> code = code();
        case "Subcode" -> codes();
        default -> source.skipElement();
      }
    }
  }

  private void reasons() {
    while (source.nextTag("in the reason") == START_ELEMENT) {
      String text = source.elementText();
      if (reason.isEmpty()) {
        reason = text;
      }
    }
  }

  private void details() {
    var inner = new LinkedHashMap<>(scope);
    BodyCopy.addScope(source.reader, inner);
    while (source.nextTag("in the detail") == START_ELEMENT) {
      if (detailName == null) {
        detailName = source.reader.getName();
        detail = BodyCopy.copy(source, inner);
      } else {
        source.skipElement();
      }
    }
  }

  private QName code() {
    var known = new LinkedHashMap<>(scope);
    BodyCopy.addScope(source.reader, known);
    String text = source.elementText();
    int colon = text.indexOf(':');
    String prefix = colon < 0 ? "" : text.substring(0, colon);
    return new QName(known.getOrDefault(prefix, ""), text.substring(colon + 1));
  }
}
