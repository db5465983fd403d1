package dev.parley.interop;

import static dev.parley.interop.Trade.order;
import static dev.parley.interop.Trade.payment;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.wsdl.SoapVersion;
import interop.shop.Confirmation;
import interop.shop.Order;
import interop.shop.Rejected;
import interop.shop.Shop;
import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Endpoint;
import jakarta.xml.ws.soap.AddressingFeature;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.apache.cxf.frontend.ClientProxy;
import org.apache.cxf.message.Message;
import org.apache.cxf.transport.http.HTTPConduit;
import org.apache.cxf.ws.addressing.AddressingProperties;
import org.apache.cxf.ws.addressing.AttributedURIType;
import org.apache.cxf.ws.addressing.EndpointReferenceType;
import org.apache.cxf.ws.addressing.EndpointReferenceUtils;
import org.apache.cxf.ws.addressing.JAXWSAConstants;
import org.apache.cxf.ws.addressing.Names;
import org.apache.cxf.ws.addressing.ReferenceParametersType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Replies that go to an address: CXF's decoupled endpoint, and a service of the caller's own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DecoupledTest {
  private static final AddressingFeature REQUIRED = new AddressingFeature(true, true);

  private final StockCallback callback = new StockCallback();
  private final StockComplaints complaints = new StockComplaints();
  private final Bus elsewhere = BusFactory.newInstance().createBus();

  @SuppressWarnings("NullAway.Init")
  private Trade trade;

  @SuppressWarnings("NullAway.Init")
  private String decoupled;

  @SuppressWarnings("NullAway.Init")
  private Endpoint buyer;

  @SuppressWarnings("NullAway.Init")
  private String buyerAddress;

  @SuppressWarnings("NullAway.Init")
  private Endpoint complaining;

  @SuppressWarnings("NullAway.Init")
  private String complaintsAddress;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    decoupled = Hosted.freeAddress("decoupled");
    buyerAddress = Hosted.freeAddress("callback");
    complaintsAddress = Hosted.freeAddress("complaints");
    trade = new Trade(data, decoupled, buyerAddress, complaintsAddress);
    // On the caller's bus CXF would take the reply for one to the caller's proxy.
    BusFactory.setThreadDefaultBus(elsewhere);
    buyer = Endpoint.publish(buyerAddress, callback, REQUIRED);
    complaining = Endpoint.publish(complaintsAddress, complaints);
  }

  @AfterAll
  void stop() {
    buyer.stop();
    complaining.stop();
    elsewhere.shutdown(true);
    trade.close();
  }

  @BeforeEach
  void use_the_stock_bus() {
    trade.useStockBus();
  }

  @ParameterizedTest
  @EnumSource
  void a_reply_comes_to_the_decoupled_endpoint(SoapVersion version) throws Exception {
    String id = "decoupled-" + version;
    var shop = decoupled(version);
    shop.pay(payment(id, "1"));
    assertThat(shop.place(order(id, "teapot", 1)).getReservation()).isEqualTo("teapot x 1");
    assertThat(responseCode(shop)).as("of the connection of the request").isEqualTo(202);
  }

  @Test
  void a_reply_comes_long_after_its_request_was_acknowledged() throws Exception {
    var shop = decoupled(SoapVersion.SOAP_12);
    var reply = shop.placeAsync(order("later", "teapot", 1));
    trade.carrier.collected("teapot");
    assertThat(reply).isNotDone();
    shop.pay(payment("later", "1"));
    assertThat(reply.get(20, TimeUnit.SECONDS).getOrderId()).isEqualTo("later");
  }

  @ParameterizedTest
  @EnumSource
  void a_declared_fault_comes_to_the_decoupled_endpoint(SoapVersion version) {
    var shop = decoupled(version);
    assertThatExceptionOfType(Rejected.class)
        .isThrownBy(() -> shop.place(order("decoupled-fault-" + version, "unicorn", 3)))
        .satisfies(e -> assertThat(e.getFaultInfo().getReason()).isEqualTo("3 missing"));
  }

  @Test
  void what_is_refused_at_the_door_is_refused_on_the_connection() {
    var shop = decoupled(SoapVersion.SOAP_11);
    var fault =
        catchThrowableOfType(
            SOAPFaultException.class, () -> shop.place(order("invalid", "teapot", 0)));
    assertThat(fault.getFault().getDetail().getDetailEntries().next().getElementQName())
        .isEqualTo(new QName("urn:parley:fault:1", "InvalidMessage"));
  }

  @Test
  void a_reply_comes_to_a_service_of_the_caller_with_its_reference_parameters() throws Exception {
    var request = addressed();
    request.setReplyTo(reference(buyerAddress, parameter("4711")));
    place(request, order("callback", "teapot", 1));
    trade.shop(SoapVersion.SOAP_11).pay(payment("callback", "1"));

    var reply = callback.next();

    assertThat(reply.body().getOrderId()).isEqualTo("callback");
    assertThat(reply.addressing().getRelatesTo().getValue())
        .isEqualTo(request.getMessageID().getValue());
    assertThat(reply.addressing().getTo().getValue()).isEqualTo(buyerAddress);
    assertThat(reply.headers())
        .filteredOn(h -> "urn:interop:buyer".equals(h.getNamespaceURI()))
        .singleElement()
        .satisfies(
            h -> {
              assertThat(h.getTextContent()).isEqualTo("4711");
              assertThat(h.getAttributeNS(JAXWSAConstants.NS_WSA, "IsReferenceParameter"))
                  .isIn("true", "1");
            });
  }

  @Test
  void a_fault_goes_to_the_address_for_faults_though_a_reply_comes_on_the_connection()
      throws Exception {
    var shop = trade.shop(SoapVersion.SOAP_11, REQUIRED);
    shop.pay(payment("faultless", "1"));
    assertThat(place(shop, complaining(), order("faultless", "teapot", 1)).getOrderId())
        .isEqualTo("faultless");
    var request = complaining();

    place(shop, request, order("faulted", "unicorn", 1));

    assertThat(responseCode(shop)).isEqualTo(202);
    assertComplained(request);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_fault_goes_to_the_address_for_faults_and_not_where_replies_go(boolean none)
      throws Exception {
    var request = complaining();
    request.setReplyTo(reference(none ? Names.WSA_NONE_ADDRESS : buyerAddress));

    place(request, order("elsewhere-" + none, "unicorn", 1));

    assertComplained(request);
  }

  @Test
  void a_request_whose_reply_nobody_wants_is_acknowledged_and_its_process_goes_on()
      throws Exception {
    var request = addressed();
    request.setReplyTo(reference(Names.WSA_NONE_ADDRESS));
    var shop = trade.shop(SoapVersion.SOAP_11, REQUIRED);

    assertThat(place(shop, request, order("unwanted", "kettle", 1))).isNull();

    assertThat(responseCode(shop)).isEqualTo(202);
    assertThat(trade.carrier.collected("kettle").getOn()).isNull();
  }

  private AddressingProperties complaining() {
    var request = addressed();
    request.setFaultTo(reference(complaintsAddress));
    return request;
  }

  private void assertComplained(AddressingProperties request) throws Exception {
    assertThat(complaints.next())
        .isEqualTo(
            new StockComplaints.Complaint(
                new QName("urn:interop:shop", "rejection"),
                "urn:interop:shop:Shop:place:Fault:rejected",
                request.getMessageID().getValue()));
  }

  @Test
  void an_address_that_is_not_allowed_is_refused() {
    var request = addressed();
    request.setReplyTo(reference("http://192.0.2.1/elsewhere"));
    var fault =
        catchThrowableOfType(
            SOAPFaultException.class, () -> place(request, order("refused", "teapot", 1)));
    assertThat(fault.getMessage()).contains("replyAddresses");
  }

  /** The proxy takes HTTP 202 for the end of what it hears: the reply is somebody else's. */
  private void place(AddressingProperties request, Order order) throws Rejected {
    place(trade.shop(SoapVersion.SOAP_11, REQUIRED), request, order);
  }

  private static Confirmation place(Shop shop, AddressingProperties request, Order order)
      throws Rejected {
    context(shop).put(JAXWSAConstants.CLIENT_ADDRESSING_PROPERTIES, request);
    return shop.place(order);
  }

  private Shop decoupled(SoapVersion version) {
    var shop = trade.shop(version, REQUIRED);
    var conduit = (HTTPConduit) ClientProxy.getClient(shop).getConduit();
    conduit.getClient().setDecoupledEndpoint(decoupled);
    return shop;
  }

  private static Object responseCode(Shop shop) {
    return requireNonNull(((BindingProvider) shop).getResponseContext().get(Message.RESPONSE_CODE));
  }

  private static Map<String, Object> context(Shop shop) {
    return ((BindingProvider) shop).getRequestContext();
  }

  private static AddressingProperties addressed() {
    var id = new AttributedURIType();
    id.setValue("urn:uuid:" + UUID.randomUUID());
    var properties = new AddressingProperties();
    properties.setMessageID(id);
    return properties;
  }

  private static EndpointReferenceType reference(String address, Element... parameters) {
    var reference = EndpointReferenceUtils.getEndpointReference(address);
    if (parameters.length > 0) {
      reference.setReferenceParameters(new ReferenceParametersType());
      for (var parameter : parameters) {
        reference.getReferenceParameters().getAny().add(parameter);
      }
    }
    return reference;
  }

  private static Element parameter(String text) throws Exception {
    var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().newDocument();
    var element = document.createElementNS("urn:interop:buyer", "b:case");
    element.setTextContent(text);
    return element;
  }
}
