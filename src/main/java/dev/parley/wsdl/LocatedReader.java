package dev.parley.wsdl;

import com.ibm.wsdl.xml.WSDLReaderImpl;
import java.util.IdentityHashMap;
import java.util.Optional;
import javax.wsdl.Binding;
import javax.wsdl.BindingFault;
import javax.wsdl.BindingInput;
import javax.wsdl.BindingOperation;
import javax.wsdl.BindingOutput;
import javax.wsdl.Definition;
import javax.wsdl.Fault;
import javax.wsdl.Input;
import javax.wsdl.Message;
import javax.wsdl.Operation;
import javax.wsdl.Output;
import javax.wsdl.Part;
import javax.wsdl.Port;
import javax.wsdl.PortType;
import javax.wsdl.Service;
import javax.wsdl.WSDLException;
import javax.wsdl.extensions.ExtensibilityElement;
import javax.wsdl.extensions.ExtensionRegistry;
import org.w3c.dom.Element;

/**
 * WSDL4J's reader, which remembers the element that each component came from. It reads one document
 * at a time and opens no file: {@link Index} joins the documents.
 */
final class LocatedReader extends WSDLReaderImpl {
  private final IdentityHashMap<Object, Element> origins;
  private Element current;

  private LocatedReader(Element definitions, IdentityHashMap<Object, Element> origins) {
    this.current = definitions;
    this.origins = origins;
    setFeature("javax.wsdl.verbose", false);
    setFeature("javax.wsdl.importDocuments", false);
    // Empty: every extension element stays the element it is, so both SOAP versions read alike.
    setExtensionRegistry(new ExtensionRegistry());
  }

  /**
   * The document's own components; a reference to another document stays undefined.
   *
   * @param origins by identity; gets the element of every component
   */
  static Optional<Definition> read(
      Element definitions, IdentityHashMap<Object, Element> origins, Findings findings) {
    var reader = new LocatedReader(definitions, origins);
    try {
      return Optional.of(reader.readWSDL("", definitions));
    } catch (WSDLException | IllegalArgumentException e) {
      findings.error(
          reader.current,
          Rule.INVALID,
          "The document breaks the grammar of WSDL 1.1: " + e.getMessage(),
          "Correct the element named, or one of its children.");
      return Optional.empty();
    }
  }

  private <T> T located(T component, Element element) {
    origins.put(component, element);
    return component;
  }

  @Override
  protected Message parseMessage(Element e, Definition d) throws WSDLException {
    current = e;
    return located(super.parseMessage(e, d), e);
  }

  @Override
  protected Part parsePart(Element e, Definition d) throws WSDLException {
    current = e;
    return located(super.parsePart(e, d), e);
  }

  @Override
  protected PortType parsePortType(Element e, Definition d) throws WSDLException {
    current = e;
    return located(super.parsePortType(e, d), e);
  }

  @Override
  protected Operation parseOperation(Element e, PortType p, Definition d) throws WSDLException {
    current = e;
    return located(super.parseOperation(e, p, d), e);
  }

  @Override
  protected Input parseInput(Element e, Definition d) throws WSDLException {
    current = e;
    return located(super.parseInput(e, d), e);
  }

  @Override
  protected Output parseOutput(Element e, Definition d) throws WSDLException {
    current = e;
    return located(super.parseOutput(e, d), e);
  }

  @Override
  protected Fault parseFault(Element e, Definition d) throws WSDLException {
    current = e;
    return located(super.parseFault(e, d), e);
  }

  @Override
  protected Binding parseBinding(Element e, Definition d) throws WSDLException {
    current = e;
    return located(super.parseBinding(e, d), e);
  }

  @Override
  protected BindingOperation parseBindingOperation(Element e, PortType p, Definition d)
      throws WSDLException {
    current = e;
    return located(super.parseBindingOperation(e, p, d), e);
  }

  @Override
  protected BindingInput parseBindingInput(Element e, Definition d) throws WSDLException {
    current = e;
    return located(super.parseBindingInput(e, d), e);
  }

  @Override
  protected BindingOutput parseBindingOutput(Element e, Definition d) throws WSDLException {
    current = e;
    return located(super.parseBindingOutput(e, d), e);
  }

  @Override
  protected BindingFault parseBindingFault(Element e, Definition d) throws WSDLException {
    current = e;
    return located(super.parseBindingFault(e, d), e);
  }

  @Override
  protected Service parseService(Element e, Definition d) throws WSDLException {
    current = e;
    return located(super.parseService(e, d), e);
  }

  @Override
  protected Port parsePort(Element e, Definition d) throws WSDLException {
    current = e;
    return located(super.parsePort(e, d), e);
  }

  @Override
  @SuppressWarnings("rawtypes")
  protected ExtensibilityElement parseExtensibilityElement(
      Class parentType, Element e, Definition d) throws WSDLException {
    current = e;
    return super.parseExtensibilityElement(parentType, e, d);
  }
}
