package dev.parley.bench;

import ch.qos.logback.classic.Level;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.stream.StreamSource;
import org.apache.cxf.Bus;
import org.apache.cxf.binding.BindingFactoryManager;
import org.apache.cxf.bus.extension.ExtensionManagerBus;
import org.apache.cxf.databinding.source.SourceDataBinding;
import org.apache.cxf.endpoint.EndpointImpl;
import org.apache.cxf.endpoint.ServerImpl;
import org.apache.cxf.frontend.WSDLGetInterceptor;
import org.apache.cxf.interceptor.OneWayProcessorInterceptor;
import org.apache.cxf.interceptor.OutgoingChainInterceptor;
import org.apache.cxf.interceptor.ServiceInvokerInterceptor;
import org.apache.cxf.message.Exchange;
import org.apache.cxf.message.Message;
import org.apache.cxf.message.MessageContentsList;
import org.apache.cxf.service.Service;
import org.apache.cxf.staxutils.StaxUtils;
import org.apache.cxf.transport.http_jetty.JettyHTTPServerEngine;
import org.apache.cxf.transport.http_jetty.JettyHTTPServerEngineFactory;
import org.apache.cxf.wsdl11.WSDLServiceFactory;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bundle's WSDL hosted by CXF alone: reads each body once, and for an echo writes it back. */
final class BareCxf {
  private static final int PLATFORM_THREADS = 20;
  private static final int USUAL_BODY_BYTES = 2048;

  private final Bus bus = new ExtensionManagerBus();
  private final String wsdl;
  private final String root;

  private BareCxf(String wsdl, int port) {
    this.wsdl = wsdl;
    this.root = "http://127.0.0.1:" + port;
  }

  /** Arguments: the WSDL's file and the port; ends with its standard input. */
  public static void main(String[] arguments) throws Exception {
    quieten();
    var server = new BareCxf(arguments[0], Integer.parseInt(arguments[1]));
    server.listen(Integer.parseInt(arguments[1]));
    server.host("CounterService", "counter", "/services/counter/counter");
    server.host("EchoService", "echo", "/services/echo/echo");
    System.out.println("Serves " + server.root);
    System.in.transferTo(System.err);
    System.exit(0);
  }

  private static void quieten() {
    System.setProperty("org.apache.cxf.Logger", "org.apache.cxf.common.logging.Slf4jLogger");
    ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME))
        .setLevel(Level.WARN);
  }

  private void listen(int port) throws Exception {
    JettyHTTPServerEngine engine =
        bus.getExtension(JettyHTTPServerEngineFactory.class)
            .createJettyHTTPServerEngine("127.0.0.1", port, "http");
    var threads = new QueuedThreadPool(PLATFORM_THREADS);
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    engine.setThreadPool(threads);
    engine.setSendServerVersion(false);
  }

  private void host(String serviceName, String port, String path) throws Exception {
    var factory = new WSDLServiceFactory(bus, wsdl, new QName("urn:parley:bench", serviceName));
    var name = new QName("urn:parley:bench", port);
    factory.setEndpointName(name);
    Service service = factory.create();
    service.getServiceInfos().forEach(s -> s.setProperty("soap.force.doclit.bare", true));
    var binding = new SourceDataBinding(XMLStreamReader.class);
    binding.initialize(service);
    service.setDataBinding(binding);
    service.setInvoker(BareCxf::invoke);
    service.getInInterceptors().add(new ServiceInvokerInterceptor());
    service.getInInterceptors().add(new OutgoingChainInterceptor());
    service.getInInterceptors().add(new OneWayProcessorInterceptor());
    var info = service.getEndpointInfo(name);
    info.setAddress(root + path);
    var endpoint = new EndpointImpl(bus, service, info);
    endpoint.getInInterceptors().add(WSDLGetInterceptor.INSTANCE);
    endpoint.put(Message.ROBUST_ONEWAY, true);
    service.getEndpoints().put(info.getName(), endpoint);
    var bindings = bus.getExtension(BindingFactoryManager.class);
    new ServerImpl(
            bus, endpoint, null, bindings.getBindingFactory(info.getBinding().getBindingId()))
        .start();
  }

  private static @Nullable Object invoke(Exchange exchange, Object parameters) {
    byte[] body = body((XMLStreamReader) ((List<?>) parameters).getFirst());
    return exchange.isOneWay()
        ? null
        : new MessageContentsList(new StreamSource(new ByteArrayInputStream(body)));
  }

  private static byte[] body(XMLStreamReader reader) {
    var bytes = new ByteArrayOutputStream(USUAL_BODY_BYTES);
    try {
      var writer = StaxUtils.createXMLStreamWriter(bytes);
      StaxUtils.copy(reader, writer);
      writer.close();
    } catch (XMLStreamException e) {
      throw new IllegalArgumentException(e);
    }
    return bytes.toByteArray();
  }
}
