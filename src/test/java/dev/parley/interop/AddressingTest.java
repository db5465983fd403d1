package dev.parley.interop;

import static dev.parley.interop.Trade.order;
import static dev.parley.interop.Trade.payment;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.parley.wsdl.SoapVersion;
import interop.shop.Rejected;
import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.WebServiceException;
import jakarta.xml.ws.soap.AddressingFeature;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.cxf.ws.addressing.AddressingProperties;
import org.apache.cxf.ws.addressing.AttributedURIType;
import org.apache.cxf.ws.addressing.JAXWSAConstants;
import org.jspecify.annotations.Nullable;
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

/** WS-Addressing with CXF's own, which refuses replies that are not related to their request. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AddressingTest {
  private static final AddressingFeature REQUIRED = new AddressingFeature(true, true);

  @SuppressWarnings("NullAway.Init")
  private Trade trade;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    trade = new Trade(data);
  }

  @AfterAll
  void stop() {
    trade.close();
  }

  @BeforeEach
  void use_the_stock_bus() {
    trade.useStockBus();
    trade.warehouse.addressed.clear();
  }

  @ParameterizedTest
  @EnumSource
  void a_reply_is_related_to_its_request(SoapVersion version) throws Exception {
    String id = "related-" + version;
    var shop = trade.shop(version, REQUIRED);
    shop.pay(payment(id, "1"));
    var request = address(shop);

    assertThat(shop.place(order(id, "teapot", 1)).getOrderId()).isEqualTo(id);

    var reply = received(shop);
    assertThat(reply.getRelatesTo().getValue()).isEqualTo(request.getMessageID().getValue());
    assertThat(reply.getAction().getValue()).isEqualTo("urn:interop:shop:Shop:placeResponse");
  }

  @ParameterizedTest
  @EnumSource
  void a_declared_fault_is_related_to_its_request(SoapVersion version) {
    var shop = trade.shop(version, REQUIRED);
    var request = address(shop);

    assertThatExceptionOfType(Rejected.class)
        .isThrownBy(() -> shop.place(order("related-" + version, "unicorn", 1)));

    assertThat(received(shop).getRelatesTo().getValue())
        .isEqualTo(request.getMessageID().getValue());
  }

  @Test
  void a_one_way_message_that_is_repeated_is_acknowledged_as_before() throws Exception {
    var shop = trade.shop(SoapVersion.SOAP_11, REQUIRED);
    var message = address(shop);
    shop.pay(payment("paid", "1"));
    address(shop);
    shop.place(order("paid", "teapot", 1));

    address(shop, message);
    assertThatNoException().isThrownBy(() -> shop.pay(payment("paid", "1")));
    address(shop);
    assertThatExceptionOfType(WebServiceException.class)
        .as("another message, which is late")
        .isThrownBy(() -> shop.pay(payment("paid", "1")));
  }

  @ParameterizedTest
  @EnumSource
  void a_request_that_is_repeated_gets_the_same_reply_and_is_no_second_order(SoapVersion version)
      throws Exception {
    String id = "repeated-" + version;
    var shop = trade.shop(version, REQUIRED);
    shop.pay(payment(id, "1"));
    var request = address(shop);
    var first = shop.place(order(id, "teapot", 1));

    address(shop, request);
    var second = shop.place(order(id, "teapot", 1));

    assertThat(second).usingRecursiveComparison().isEqualTo(first);
    assertThat(trade.warehouse.addressed).hasSize(1);
  }

  @Test
  void a_partner_is_told_message_id_action_and_address() throws Exception {
    var shop = trade.shop(SoapVersion.SOAP_11);
    shop.pay(payment("addressed", "1"));
    shop.place(order("addressed", "teapot", 1));

    @Nullable AddressingProperties told = trade.warehouse.addressed.poll(20, TimeUnit.SECONDS);
    assertThat(told).isNotNull();
    assertThat(told.getMessageID().getValue()).startsWith("urn:uuid:");
    assertThat(told.getAction().getValue()).isEqualTo("urn:interop:warehouse:reserve");
    assertThat(told.getTo().getValue()).endsWith("/warehouse");
  }

  /** Gives the next message a new message id. */
  private static AddressingProperties address(Object proxy) {
    var id = new AttributedURIType();
    id.setValue("urn:uuid:" + UUID.randomUUID());
    var properties = new AddressingProperties();
    properties.setMessageID(id);
    return address(proxy, properties);
  }

  private static AddressingProperties address(Object proxy, AddressingProperties properties) {
    var copy = new AddressingProperties();
    copy.setMessageID(properties.getMessageID());
    request(proxy).put(JAXWSAConstants.CLIENT_ADDRESSING_PROPERTIES, copy);
    return properties;
  }

  private static Map<String, Object> request(Object proxy) {
    return ((BindingProvider) proxy).getRequestContext();
  }

  private static AddressingProperties received(Object proxy) {
    var response = ((BindingProvider) proxy).getResponseContext();
    return (AddressingProperties)
        requireNonNull(response.get(JAXWSAConstants.ADDRESSING_PROPERTIES_INBOUND));
  }
}
