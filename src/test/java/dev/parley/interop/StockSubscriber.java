package dev.parley.interop;

import interop.wire.Refused;
import interop.wire.Wire;
import jakarta.jws.WebService;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A stock service at the other end of operations that a process begins. */
@WebService(
    endpointInterface = "interop.wire.Wire",
    targetNamespace = "urn:interop:wire",
    serviceName = "WireService",
    portName = "wire",
    wsdlLocation = "interop/inverted/wire.wsdl")
public final class StockSubscriber implements Wire {
  final BlockingQueue<String> headlines = new LinkedBlockingQueue<>();
  final BlockingQueue<String> alarms = new LinkedBlockingQueue<>();

  @Override
  public void flash(String body) {
    headlines.add(body);
  }

  @Override
  public void alert(String body) throws Refused {
    if (body.equals("rain")) {
      throw new Refused("not interested", "only rain");
    }
    alarms.add(body);
  }

  @Override
  public String poll(String body) throws Refused {
    if (body.equals("income")) {
      throw new Refused("not interested", "income is private");
    }
    return body + ": fine";
  }

  @Override
  @SuppressWarnings("NullAway")
  public String invite(String body) {
    return body.equals("party") ? "gladly" : null;
  }
}
