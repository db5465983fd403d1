package dev.parley.interop;

import static java.util.Objects.requireNonNull;

import interop.echo.Wall;
import jakarta.annotation.Resource;
import jakarta.jws.WebService;
import jakarta.xml.ws.WebServiceContext;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.cxf.ws.addressing.AddressingProperties;
import org.apache.cxf.ws.addressing.JAXWSAConstants;

/** A partner by stock JAX-WS that says what it hears, and keeps the actions it hears it by. */
@WebService(
    endpointInterface = "interop.echo.Wall",
    targetNamespace = "urn:interop:echo",
    serviceName = "WallService",
    portName = "wall",
    wsdlLocation = "interop/actions/echo.wsdl")
public final class StockWall implements Wall {
  final BlockingQueue<String> actions = new LinkedBlockingQueue<>();

  @Resource
  @SuppressWarnings("NullAway.Init")
  private WebServiceContext context;

  @Override
  public String plain(String body) {
    keepAction();
    return body;
  }

  @Override
  public String explicit(String body) {
    keepAction();
    return body;
  }

  private void keepAction() {
    var addressing =
        (AddressingProperties)
            requireNonNull(
                context.getMessageContext().get(JAXWSAConstants.ADDRESSING_PROPERTIES_INBOUND));
    actions.add(addressing.getAction().getValue());
  }
}
