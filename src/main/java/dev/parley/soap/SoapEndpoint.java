package dev.parley.soap;

import dev.parley.deployment.ServicePort;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import javax.wsdl.Definition;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamReader;
import org.apache.cxf.Bus;
import org.apache.cxf.BusException;
import org.apache.cxf.binding.BindingFactoryManager;
import org.apache.cxf.databinding.source.SourceDataBinding;
import org.apache.cxf.endpoint.Endpoint;
import org.apache.cxf.endpoint.EndpointException;
import org.apache.cxf.endpoint.EndpointImpl;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.endpoint.ServerImpl;
import org.apache.cxf.interceptor.Interceptor;
import org.apache.cxf.interceptor.InterceptorProvider;
import org.apache.cxf.interceptor.OutgoingChainInterceptor;
import org.apache.cxf.interceptor.ServiceInvokerInterceptor;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.message.Message;
import org.apache.cxf.service.Service;
import org.apache.cxf.service.factory.ServiceConstructionException;
import org.apache.cxf.service.invoker.Invoker;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.apache.cxf.wsdl11.WSDLRuntimeException;
import org.apache.cxf.wsdl11.WSDLServiceFactory;

/** One port (WSDL 1.1, section 2.6) as CXF hosts it: our reader, the door, our writer. */
final class SoapEndpoint {
  private final ServicePort port;
  private final Endpoint endpoint;
  private final Server server;
  private final AbstractHTTPDestination destination;

  private SoapEndpoint(ServicePort port, Endpoint endpoint, Server server) {
    this.port = port;
    this.endpoint = endpoint;
    this.server = server;
    this.destination = (AbstractHTTPDestination) server.getDestination();
  }

  /** The address is CXF's own name for it, unlike any other; callers use another one. */
  static SoapEndpoint host(
      Bus bus, Definition document, ServicePort port, String address, Chain chain) {
    try {
      var endpoint = endpoint(bus, document, port, address, chain.invoker());
      endpoint.getInInterceptors().add(chain.reception());
      endpoint.getOutInterceptors().add(new Answers.ReplyWriter());
      endpoint.getOutFaultInterceptors().add(new Answers.FaultWriter(port.port().soapVersion()));
      var factory =
          bus.getExtension(BindingFactoryManager.class)
              .getBindingFactory(endpoint.getEndpointInfo().getBinding().getBindingId());
      var server = new ServerImpl(bus, endpoint, null, factory);
      server.start();
      return new SoapEndpoint(port, endpoint, server);
    } catch (BusException
        | EndpointException
        | IOException
        | WSDLRuntimeException
        | ServiceConstructionException e) {
      throw new IllegalStateException(
          "Cannot host port '%s' of %s: %s"
              .formatted(port.port().name(), port.wsdl(), e.getMessage()),
          e);
    }
  }

  /** What is ours in the chain. */
  record Chain(Reception reception, Invoker invoker) {}

  ServicePort port() {
    return port;
  }

  Endpoint cxf() {
    return endpoint;
  }

  void serve(ServletContext context, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    destination.invoke(null, context, request, response);
  }

  void close() {
    server.destroy();
  }

  private static Endpoint endpoint(
      Bus bus, Definition document, ServicePort port, String address, Invoker invoker)
      throws EndpointException {
    var factory = new WSDLServiceFactory(bus, document, port.port().service());
    var name = new QName(port.port().service().getNamespaceURI(), port.port().name());
    factory.setEndpointName(name);
    Service service = factory.create();
    service.getServiceInfos().forEach(s -> s.setProperty("soap.force.doclit.bare", true));
    var binding = new SourceDataBinding(XMLStreamReader.class);
    binding.initialize(service);
    service.setDataBinding(binding);
    service.setInvoker(invoker);
    service.getInInterceptors().add(new ServiceInvokerInterceptor());
    service.getInInterceptors().add(new OutgoingChainInterceptor());
    var info = service.getEndpointInfo(name);
    info.setAddress(address);
    var endpoint = new EndpointImpl(bus, service, info);
    clear(endpoint.getBinding());
    // Refusals are answers, not problems; what nobody expected is logged where it is answered.
    endpoint.put(FaultListener.class.getName(), (FaultListener) SoapEndpoint::isLogged);
    service.getEndpoints().put(info.getName(), endpoint);
    return endpoint;
  }

  private static boolean isLogged(Exception problem, String description, Message message) {
    return false;
  }

  /** CXF's own reading and writing of envelopes builds trees and stops at the body's end. */
  private static void clear(InterceptorProvider binding) {
    for (List<Interceptor<? extends Message>> interceptors :
        List.of(
            binding.getInInterceptors(),
            binding.getOutInterceptors(),
            binding.getInFaultInterceptors(),
            binding.getOutFaultInterceptors())) {
      interceptors.clear();
    }
  }
}
