package dev.parley.soap;

import dev.parley.delivery.Attempt;
import dev.parley.delivery.Consignment;
import dev.parley.wsdl.SoapVersion;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.namespace.QName;
import org.apache.cxf.Bus;
import org.apache.cxf.BusException;
import org.apache.cxf.binding.soap.Soap11;
import org.apache.cxf.binding.soap.Soap12;
import org.apache.cxf.binding.soap.SoapBindingConstants;
import org.apache.cxf.binding.soap.model.SoapBindingInfo;
import org.apache.cxf.databinding.source.SourceDataBinding;
import org.apache.cxf.endpoint.Client;
import org.apache.cxf.endpoint.ClientImpl;
import org.apache.cxf.endpoint.EndpointException;
import org.apache.cxf.endpoint.EndpointImpl;
import org.apache.cxf.endpoint.PreexistingConduitSelector;
import org.apache.cxf.logging.FaultListener;
import org.apache.cxf.message.ExchangeImpl;
import org.apache.cxf.message.Message;
import org.apache.cxf.service.ServiceImpl;
import org.apache.cxf.service.model.BindingOperationInfo;
import org.apache.cxf.service.model.EndpointInfo;
import org.apache.cxf.service.model.InterfaceInfo;
import org.apache.cxf.service.model.MessageInfo;
import org.apache.cxf.service.model.ServiceInfo;
import org.apache.cxf.transport.ConduitInitiatorManager;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A CXF client for one partner in one SOAP version. Its model has one operation that takes and
 * returns anything: which way an operation's messages travel is not CXF's business here.
 */
final class PartnerEndpoint {
  private static final String HTTP = "http://schemas.xmlsoap.org/soap/http";
  private static final String NAMESPACE = "urn:parley:partner";
  private static final QName OPERATION = new QName(NAMESPACE, "exchange");

  private final SoapVersion version;
  private final Client client;
  private final BindingOperationInfo operation;

  PartnerEndpoint(Bus bus, SoapVersion version, String address, long maxMessageBytes) {
    this.version = version;
    try {
      var info = model(version, address);
      operation = info.getBinding().getOperation(OPERATION);
      client = client(bus, info, maxMessageBytes);
    } catch (BusException | EndpointException | IOException e) {
      throw new IllegalStateException("CXF cannot make a client", e);
    }
  }

  /** One message there, and what comes back. */
  Attempt exchange(Consignment consignment) throws Exception {
    Map<String, Object> context = new HashMap<>();
    context.put(Client.REQUEST_CONTEXT, request(consignment));
    context.put(Client.RESPONSE_CONTEXT, new HashMap<String, Object>());
    var exchange = new ExchangeImpl();
    exchange.put(Consignment.class, consignment);
    Object @Nullable [] answer =
        client.invoke(
            operation, new Object[] {Outbound.envelope(consignment, version)}, context, exchange);
    return answer == null ? Partners.empty(consignment) : (Attempt) answer[0];
  }

  private Map<String, Object> request(Consignment consignment) {
    int timeout = (int) Math.min(Integer.MAX_VALUE, consignment.timeout().toMillis());
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String quoted = "\"" + Outbound.soapAction(consignment) + "\"";
    String contentType = Soap.contentType(version);
    if (version == SoapVersion.SOAP_11) {
      headers.put("SOAPAction", List.of(quoted));
    } else if (quoted.length() > 2) {
      contentType += "; action=" + quoted;
    }
    Map<String, Object> request = new HashMap<>();
    request.put(Message.ENDPOINT_ADDRESS, consignment.endpoint());
    request.put(Message.CONNECTION_TIMEOUT, timeout);
    request.put(Message.RECEIVE_TIMEOUT, timeout);
    request.put(Message.CONTENT_TYPE, contentType);
    request.put(Message.PROTOCOL_HEADERS, headers);
    // Our reader judges every status with what came with it.
    request.put(HTTPConduit.NO_IO_EXCEPTIONS, true);
    return request;
  }

  private static EndpointInfo model(SoapVersion version, String address) {
    var service = new ServiceInfo();
    service.setName(new QName(NAMESPACE, "Partner"));
    service.setTargetNamespace(NAMESPACE);
    var type = new InterfaceInfo(service, new QName(NAMESPACE, "Anything"));
    var exchange = type.addOperation(OPERATION);
    exchange.setInput("in", exchange.createMessage(OPERATION, MessageInfo.Type.INPUT));
    exchange.setOutput("out", exchange.createMessage(OPERATION, MessageInfo.Type.OUTPUT));
    boolean old = version == SoapVersion.SOAP_11;
    String bindingId =
        old ? SoapBindingConstants.SOAP11_BINDING_ID : SoapBindingConstants.SOAP12_BINDING_ID;
    var binding =
        new SoapBindingInfo(service, bindingId, old ? Soap11.getInstance() : Soap12.getInstance());
    binding.setTransportURI(HTTP);
    binding.addOperation(binding.buildOperation(OPERATION, "in", "out"));
    service.addBinding(binding);
    var endpoint = new EndpointInfo(service, HTTP);
    endpoint.setName(new QName(NAMESPACE, "port"));
    endpoint.setBinding(binding);
    endpoint.setAddress(address);
    service.addEndpoint(endpoint);
    return endpoint;
  }

  private static Client client(Bus bus, EndpointInfo info, long maxMessageBytes)
      throws BusException, EndpointException, IOException {
    var service = new ServiceImpl(info.getService());
    service.setDataBinding(new SourceDataBinding());
    var endpoint = new EndpointImpl(bus, service, info);
    endpoint.getBinding().getInInterceptors().clear();
    endpoint.getBinding().getOutInterceptors().clear();
    endpoint.getOutInterceptors().add(new Partners.RequestWriter());
    endpoint.getInInterceptors().add(new Partners.AnswerReader(maxMessageBytes));
    endpoint.put(FaultListener.class.getName(), (FaultListener) (_, _, _) -> false);
    var conduit =
        (HTTPConduit)
            bus.getExtension(ConduitInitiatorManager.class)
                .getConduitInitiator(info.getTransportId())
                .getConduit(info, bus);
    conduit.setClient(policy());
    return new ClientImpl(bus, endpoint, new PreexistingConduitSelector(conduit, endpoint));
  }

  private static HTTPClientPolicy policy() {
    var policy = new HTTPClientPolicy();
    // Otherwise every request offers an upgrade to HTTP/2.
    policy.setVersion("1.1");
    policy.setAllowChunking(false);
    policy.setAutoRedirect(false);
    return policy;
  }
}
