package dev.parley.interop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.xml.soap.SOAPElement;
import jakarta.xml.soap.SOAPException;
import jakarta.xml.soap.SOAPMessage;
import jakarta.xml.ws.Provider;
import jakarta.xml.ws.Service;
import jakarta.xml.ws.ServiceMode;
import jakarta.xml.ws.WebServiceProvider;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.xml.namespace.QName;
import org.apache.cxf.ws.addressing.JAXWSAConstants;
import org.jspecify.annotations.Nullable;

/** Where a buyer hears of faults alone: stock JAX-WS takes them as nothing but messages. */
@WebServiceProvider
@ServiceMode(Service.Mode.MESSAGE)
public final class StockComplaints implements Provider<SOAPMessage> {
  private final BlockingQueue<SOAPMessage> messages = new LinkedBlockingQueue<>();

  /** What is said of a fault. */
  record Complaint(QName detail, String action, String relatesTo) {}

  @Override
  public @Nullable SOAPMessage invoke(SOAPMessage request) {
    messages.add(request);
    return null;
  }

  Complaint next() throws InterruptedException, SOAPException {
    @Nullable SOAPMessage message = messages.poll(20, TimeUnit.SECONDS);
    assertThat(message).as("a fault").isNotNull();
    var fault = requireNonNull(message.getSOAPBody().getFault());
    return new Complaint(
        fault.getDetail().getDetailEntries().next().getElementQName(),
        header(message, "Action"),
        header(message, "RelatesTo"));
  }

  private static String header(SOAPMessage message, String name) throws SOAPException {
    var blocks = message.getSOAPHeader().getChildElements(new QName(JAXWSAConstants.NS_WSA, name));
    return ((SOAPElement) blocks.next()).getTextContent();
  }
}
