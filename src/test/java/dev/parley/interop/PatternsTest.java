package dev.parley.interop;

import static dev.parley.interop.Hosted.freeAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import interop.news.News;
import interop.news.NewsService;
import interop.wire.Refused;
import interop.wire.Wire;
import interop.wire.WireService;
import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Endpoint;
import jakarta.xml.ws.soap.SOAPFaultException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.xml.namespace.QName;
import org.apache.cxf.message.Message;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The patterns that are neither in-only nor in-out, with stock CXF in the other role. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatternsTest {
  private final StockSubscriber subscriber = new StockSubscriber();
  private final StockArchive archive = new StockArchive();

  @SuppressWarnings("NullAway.Init")
  private Hosted hosted;

  @SuppressWarnings("NullAway.Init")
  private Endpoint subscribed;

  @SuppressWarnings("NullAway.Init")
  private Endpoint archiving;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    String subscriberAddress = freeAddress("subscriber");
    String archiveAddress = freeAddress("archive");
    var partners = Map.of("subscriber", subscriberAddress, "archive", archiveAddress);
    hosted = Hosted.start(data, "patterns", partners);
    subscribed = Endpoint.publish(subscriberAddress, subscriber);
    archiving = Endpoint.publish(archiveAddress, archive);
  }

  @AfterAll
  void stop() {
    subscribed.stop();
    archiving.stop();
    hosted.close();
  }

  @BeforeEach
  void use_the_stock_bus() {
    hosted.useStockBus();
  }

  @Test
  void robust_in_only_is_acknowledged_when_it_was_accepted() throws Exception {
    robust(news("filing")).file("all is well");
    assertNext("all is well", archive.records);
  }

  @Test
  void robust_in_only_is_answered_with_its_fault() {
    var news = robust(news("filing"));
    var fault =
        catchThrowableOfType(
            SOAPFaultException.class, () -> news.file("a report of many, many words"));
    var detail = fault.getFault().getDetail().getDetailEntries().next();
    assertThat(detail.getElementQName()).isEqualTo(new QName("urn:interop:news", "objection"));
    assertThat(detail.getTextContent()).isEqualTo("28 characters");
  }

  @Test
  void in_optional_out_has_a_reply() {
    assertThat(news("asking").ask("really")).isEqualTo("really: yes");
  }

  @Test
  void in_optional_out_ends_without_a_reply() {
    assertThat(news("asking").ask("why")).isNull();
  }

  @Test
  void out_only_reaches_a_stock_service() throws Exception {
    assertThat(news("newsroom").publish("flash", "a headline")).isEqualTo("sent");
    assertNext("a headline", subscriber.headlines);
  }

  @Test
  void robust_out_only_is_accepted_by_a_stock_service() throws Exception {
    assertThat(news("newsroom").publish("alert", "fire")).isEqualTo("sent");
    assertNext("fire", subscriber.alarms);
  }

  @Test
  void robust_out_only_is_refused_by_a_stock_service() {
    assertThat(news("newsroom").publish("alert", "rain")).isEqualTo("refused: only rain");
  }

  @Test
  void out_in_is_answered_by_a_stock_service() {
    assertThat(news("newsroom").publish("poll", "weather")).isEqualTo("weather: fine");
  }

  @Test
  void out_in_is_faulted_by_a_stock_service() {
    assertThat(news("newsroom").publish("poll", "income")).isEqualTo("refused: income is private");
  }

  @Test
  void out_optional_in_is_answered_by_a_stock_service() {
    assertThat(news("newsroom").publish("invite", "party")).isEqualTo("gladly");
  }

  @Test
  void out_optional_in_is_left_unanswered_by_a_stock_service() {
    assertThat(news("newsroom").publish("invite", "work")).isEqualTo("nobody");
  }

  @Test
  void a_process_receives_out_only_from_a_stock_proxy() throws Exception {
    wire().flash("from a proxy");
    assertNext("from a proxy", archive.records);
  }

  @Test
  void a_process_accepts_robust_out_only_from_a_stock_proxy() throws Exception {
    wire().alert("flood");
    assertNext("flood", archive.records);
  }

  @Test
  void a_process_faults_robust_out_only_of_a_stock_proxy() {
    var wire = wire();
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> wire.alert("rain"))
        .satisfies(e -> assertThat(e.getFaultInfo()).isEqualTo("only rain"));
  }

  @Test
  void a_process_answers_out_in_of_a_stock_proxy() throws Exception {
    assertThat(wire().poll("weather")).isEqualTo("weather: fine");
  }

  @Test
  void a_process_faults_out_in_of_a_stock_proxy() {
    var wire = wire();
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> wire.poll("income"))
        .satisfies(e -> assertThat(e.getFaultInfo()).isEqualTo("income is private"));
  }

  @Test
  void a_process_answers_out_optional_in_of_a_stock_proxy_or_does_not() {
    assertThat(wire().invite("party")).isEqualTo("gladly");
    assertThat(wire().invite("work")).isNull();
  }

  private News news(String process) {
    return new NewsService(hosted.published(process, "news")).getNews();
  }

  /** Of the contract that stock tooling understands: what the process hosts is its inversion. */
  private Wire wire() {
    var wire = new WireService().getWire();
    ((BindingProvider) wire)
        .getRequestContext()
        .put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, hosted.address("reader", "wire"));
    return wire;
  }

  private static News robust(News news) {
    ((BindingProvider) news).getRequestContext().put(Message.ROBUST_ONEWAY, true);
    return news;
  }

  private static void assertNext(String expected, BlockingQueue<String> queue)
      throws InterruptedException {
    @Nullable String next = queue.poll(20, TimeUnit.SECONDS);
    assertThat(next).isEqualTo(expected);
  }
}
