package dev.parley.interop;

import static org.assertj.core.api.Assertions.assertThat;

import interop.carrier.Carrier;
import interop.carrier.Parcel;
import jakarta.jws.WebService;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.xml.datatype.DatatypeConfigurationException;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;
import org.jspecify.annotations.Nullable;

/** A partner by stock JAX-WS: collects on the 24th of December what it is told of. */
@WebService(
    endpointInterface = "interop.carrier.Carrier",
    targetNamespace = "urn:interop:carrier",
    serviceName = "CarrierService",
    portName = "carrier",
    wsdlLocation = "interop/trade/carrier.wsdl")
public final class StockCarrier implements Carrier {
  private final Map<String, BlockingQueue<Parcel>> collected = new ConcurrentHashMap<>();

  @Override
  public void collect(Parcel body) {
    with(body.getContent()).add(body);
  }

  /** The next parcel with this content. */
  Parcel collected(String content) throws InterruptedException {
    @Nullable Parcel parcel = with(content).poll(20, TimeUnit.SECONDS);
    assertThat(parcel).as("a parcel with " + content).isNotNull();
    return parcel;
  }

  private BlockingQueue<Parcel> with(String content) {
    return collected.computeIfAbsent(content, _ -> new LinkedBlockingQueue<>());
  }

  @Override
  public XMLGregorianCalendar plan(String body) {
    try {
      return DatatypeFactory.newInstance().newXMLGregorianCalendar("2026-12-24");
    } catch (DatatypeConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }
}
