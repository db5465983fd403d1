package dev.parley.soap;

import dev.parley.deployment.ServicePort;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.cxf.Bus;
import org.apache.cxf.common.util.UrlUtils;
import org.apache.cxf.endpoint.Endpoint;
import org.apache.cxf.frontend.WSDLGetUtils;
import org.apache.cxf.frontend.WSDLQueryException;
import org.apache.cxf.message.ExchangeImpl;
import org.apache.cxf.message.MessageImpl;
import org.apache.cxf.service.Service;
import org.apache.cxf.staxutils.StaxUtils;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The documents behind {@code ?wsdl} and {@code ?xsd=}, with the addresses that are hosted. */
final class WsdlPages {
  private static final String WSDL = "http://schemas.xmlsoap.org/wsdl/";

  private final Bus bus;

  WsdlPages(Bus bus) {
    this.bus = bus;
  }

  static boolean asksForOne(String query) {
    var parameters = UrlUtils.parseQueryString(query);
    return parameters.containsKey("wsdl") || parameters.containsKey("xsd");
  }

  /**
   * @param base scheme, host and port
   * @param addresses the path at which a port of the same process is hosted
   */
  Optional<byte[]> page(
      SoapEndpoint hosted,
      String base,
      String query,
      Function<String, Optional<String>> addresses) {
    var cxf = hosted.cxf();
    String own = base + SoapHosting.path(hosted.port());
    try {
      Document document;
      // CXF collects imports on first use, without a lock of its own.
      synchronized (cxf) {
        var parameters = UrlUtils.parseQueryString(query);
        document =
            new WSDLGetUtils()
                .getDocument(message(cxf), own, parameters, own, cxf.getEndpointInfo());
      }
      rewrite(document, hosted.port(), port -> addresses.apply(port).map(base::concat));
      String xml = StaxUtils.toString(document.getDocumentElement());
      String text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml;
      return Optional.of(text.getBytes(StandardCharsets.UTF_8));
    } catch (WSDLQueryException e) {
      return Optional.empty();
    }
  }

  private MessageImpl message(Endpoint cxf) {
    var exchange = new ExchangeImpl();
    exchange.put(Bus.class, bus);
    exchange.put(Endpoint.class, cxf);
    exchange.put(Service.class, cxf.getService());
    var message = new MessageImpl();
    message.setExchange(exchange);
    exchange.setInMessage(message);
    return message;
  }

  private static void rewrite(
      Document document, ServicePort hosted, Function<String, Optional<String>> addresses) {
    var root = document.getDocumentElement();
    if (!WSDL.equals(root.getNamespaceURI())) {
      return;
    }
    var service = hosted.port().service();
    boolean sameSpace = service.getNamespaceURI().equals(root.getAttribute("targetNamespace"));
    elements(root, "port")
        .filter(p -> sameSpace && named((Element) p.getParentNode(), service.getLocalPart()))
        .forEach(p -> addresses.apply(p.getAttribute("name")).ifPresent(a -> setAddress(p, a)));
  }

  private static void setAddress(Element port, String address) {
    for (var child = port.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child instanceof Element element && "address".equals(element.getLocalName())) {
        element.setAttribute("location", address);
      }
    }
  }

  private static boolean named(Element element, String name) {
    return name.equals(element.getAttribute("name"));
  }

  private static Stream<Element> elements(Element root, String name) {
    var nodes = root.getElementsByTagNameNS(WSDL, name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
  }
}
