package dev.parley.interop;

import static dev.parley.interop.Trade.order;
import static dev.parley.interop.Trade.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.wsdl.SoapVersion;
import interop.desk.UnknownArticle;
import interop.shop.Rejected;
import interop.shop.Shop;
import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.WebServiceException;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.xml.namespace.QName;
import org.apache.cxf.message.Message;
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

/** Generated proxies call processes; generated services are what the processes call. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CallersTest {
  private static final String GATEWAY_FAULTS = "urn:parley:fault:1";

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
  }

  @ParameterizedTest
  @EnumSource
  void a_proxy_of_the_published_contract_sends_one_way_and_gets_a_reply(SoapVersion version)
      throws Exception {
    assertOrdered(trade.shop(version), "published-" + version);
  }

  @ParameterizedTest
  @EnumSource
  void a_proxy_of_the_contract_file_sends_one_way_and_gets_a_reply(SoapVersion version)
      throws Exception {
    assertOrdered(trade.shopByFile(version), "file-" + version);
  }

  private void assertOrdered(Shop shop, String id) throws Exception {
    shop.pay(payment(id, "12.50"));
    var confirmation = shop.place(order(id, id + " teapot", 2));
    assertThat(confirmation.getOrderId()).isEqualTo(id);
    assertThat(confirmation.getReservation()).isEqualTo(id + " teapot x 2");
    assertThat(confirmation.getPaid()).isEqualByComparingTo("12.5");
    assertThat(trade.carrier.collected(id + " teapot").getOn()).isNull();
  }

  @Test
  void a_reply_waits_for_a_slow_partner_and_a_later_message() throws Exception {
    var shop = trade.shop(SoapVersion.SOAP_12);
    var reply = shop.placeAsync(order("async", "slow", 1));
    assertThat(trade.warehouse.asked.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(reply).isNotDone();
    trade.warehouse.let.countDown();
    shop.pay(payment("async", "1"));
    assertThat(reply.get(20, TimeUnit.SECONDS).getReservation()).isEqualTo("slow x 1");
  }

  @ParameterizedTest
  @EnumSource
  void a_fault_that_the_partner_declares_becomes_one_that_the_process_declares(
      SoapVersion version) {
    var shop = trade.shop(version);
    assertThatExceptionOfType(Rejected.class)
        .isThrownBy(() -> shop.place(order("unicorn-" + version, "unicorn", 3)))
        .satisfies(
            rejected -> {
              assertThat(rejected.getFaultInfo().getOrderId()).isEqualTo("unicorn-" + version);
              assertThat(rejected.getFaultInfo().getReason()).isEqualTo("3 missing");
            });
  }

  @ParameterizedTest
  @EnumSource
  void a_fault_that_nobody_declared_is_a_soap_fault_without_details(SoapVersion version) {
    var shop = trade.shop(version);
    var fault =
        catchThrowableOfType(
            SOAPFaultException.class, () -> shop.place(order("glass-" + version, "glass", 1)));
    boolean old = version == SoapVersion.SOAP_11;
    assertThat(fault.getFault().getFaultCodeAsQName())
        .isEqualTo(new QName(version.namespace(), old ? "Server" : "Receiver"));
    assertThat(fault.getMessage()).doesNotContain("broken");
  }

  @ParameterizedTest
  @EnumSource
  void an_invalid_message_is_refused_with_a_soap_fault_that_says_so(SoapVersion version) {
    var shop = readingEveryFault(trade.shop(version));
    var fault =
        catchThrowableOfType(
            SOAPFaultException.class, () -> shop.place(order("invalid", "teapot", 0)));
    boolean old = version == SoapVersion.SOAP_11;
    assertThat(fault.getFault().getFaultCodeAsQName())
        .isEqualTo(new QName(version.namespace(), old ? "Client" : "Sender"));
    assertThat(detail(fault)).isEqualTo(new QName(GATEWAY_FAULTS, "InvalidMessage"));
  }

  @ParameterizedTest
  @EnumSource
  void a_one_way_message_that_is_refused_throws(SoapVersion version) throws Exception {
    var shop = trade.shop(version);
    assertOrdered(shop, "late-" + version);
    assertThatExceptionOfType(WebServiceException.class)
        .isThrownBy(() -> shop.pay(payment("late-" + version, "1")));
  }

  /** Over SOAP 1.2 the fault is behind HTTP 400, where CXF never looks after a one-way message. */
  @Test
  void a_robust_proxy_sees_why_a_one_way_message_is_refused() throws Exception {
    var shop = readingEveryFault(trade.shop(SoapVersion.SOAP_11));
    assertOrdered(shop, "late");
    var fault =
        catchThrowableOfType(SOAPFaultException.class, () -> shop.pay(payment("late", "1")));
    assertThat(detail(fault)).isEqualTo(new QName(GATEWAY_FAULTS, "TooLate"));
  }

  /** CXF looks for a fault neither after a one-way message nor behind HTTP 400, unless told to. */
  private static Shop readingEveryFault(Shop proxy) {
    var context = ((BindingProvider) proxy).getRequestContext();
    context.put(Message.ROBUST_ONEWAY, true);
    context.put("org.apache.cxf.transport.process_fault_on_http_400", true);
    return proxy;
  }

  private static QName detail(SOAPFaultException fault) {
    return fault.getFault().getDetail().getDetailEntries().next().getElementQName();
  }

  @Test
  void wrapped_parameters_and_results_pass() throws Exception {
    assertThat(trade.desk().quote("teapot", 3)).isEqualByComparingTo("7.5");
  }

  @Test
  void a_wrapped_operation_throws_its_declared_fault() {
    assertThatExceptionOfType(UnknownArticle.class)
        .isThrownBy(() -> trade.desk().quote("unicorn", 1))
        .satisfies(e -> assertThat(e.getFaultInfo().getArticle()).isEqualTo("unicorn"));
  }

  @Test
  void what_is_sent_and_received_is_valid_by_the_published_schema() throws Exception {
    var desk = trade.desk();
    ((BindingProvider) desk).getRequestContext().put(Message.SCHEMA_VALIDATION_ENABLED, "BOTH");
    assertThat(desk.quote("teapot", 1)).isEqualByComparingTo("2.5");
  }

  @Test
  void a_process_asks_one_partner_and_notifies_it_with_the_answer() throws Exception {
    trade.desk().dispatch("kettle");
    assertThat(trade.carrier.collected("kettle").getOn().toXMLFormat()).isEqualTo("2026-12-24");
  }
}
