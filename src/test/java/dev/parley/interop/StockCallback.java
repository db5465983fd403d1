package dev.parley.interop;

import static java.util.Objects.requireNonNull;

import interop.callback.Callback;
import interop.shop.Confirmation;
import jakarta.annotation.Resource;
import jakarta.jws.WebService;
import jakarta.xml.ws.WebServiceContext;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.cxf.headers.Header;
import org.apache.cxf.ws.addressing.AddressingProperties;
import org.apache.cxf.ws.addressing.JAXWSAConstants;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Where a buyer gets replies that do not come on its connection. */
@WebService(
    endpointInterface = "interop.callback.Callback",
    targetNamespace = "urn:interop:callback",
    serviceName = "CallbackService",
    portName = "callback",
    wsdlLocation = "interop/callback/callback.wsdl")
public final class StockCallback implements Callback {
  private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

  @Resource
  @SuppressWarnings("NullAway.Init")
  private WebServiceContext context;

  /** A reply, and the header blocks that came with it. */
  record Reply(Confirmation body, AddressingProperties addressing, List<Element> headers) {}

  @Override
  public void confirmed(Confirmation body) {
    var message = context.getMessageContext();
    var addressing =
        (AddressingProperties)
            requireNonNull(message.get(JAXWSAConstants.ADDRESSING_PROPERTIES_INBOUND));
    var headers =
        ((List<?>) requireNonNull(message.get(Header.HEADER_LIST)))
            .stream().map(h -> (Element) ((Header) h).getObject()).toList();
    replies.add(new Reply(body, addressing, headers));
  }

  Reply next() throws InterruptedException {
    @Nullable Reply reply = replies.poll(20, TimeUnit.SECONDS);
    if (reply == null) {
      throw new AssertionError("no reply within 20 seconds");
    }
    return reply;
  }
}
