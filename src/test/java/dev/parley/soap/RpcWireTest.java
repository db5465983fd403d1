package dev.parley.soap;

import static dev.parley.soap.HostedOrders.envelope;
import static dev.parley.soap.HostingTest.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Gateway;
import dev.parley.config.Config;
import dev.parley.deployment.Bundles;
import dev.parley.model.TestConfig;
import dev.parley.wsdl.SoapVersion;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

/** rpc/literal over real HTTP, from a caller through a process to a partner and back. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RpcWireTest {
  private static final Path BUNDLE = Path.of("src/test/resources/soap/rpc");
  private static final String ITEM =
      "<item><t:article xmlns:t='urn:example:quotes:types'>tea</t:article>"
          + "<t:quantity xmlns:t='urn:example:quotes:types'>3</t:quantity></item>";
  private static final String ASK =
      "<q:quote xmlns:q='urn:example:quotes'>" + ITEM + "<customer>Ada</customer></q:quote>";
  private static final String PRICE =
      "<p:priceResponse xmlns:p='urn:example:prices'><price>1.5</price></p:priceResponse>";

  @TempDir private Path folder = Path.of("");
  private final ScriptedPartner prices = new ScriptedPartner();

  @SuppressWarnings("NullAway.Init")
  private Gateway gateway;

  @BeforeAll
  void start() throws Exception {
    var base = TestConfig.in(folder.resolve("data"), 100_000);
    var config =
        new Config(
            base.host(),
            base.port(),
            base.data(),
            base.store(),
            null,
            base.maxMessageBytes(),
            true,
            Duration.ofSeconds(20),
            List.of(),
            Map.of("prices", prices.address()));
    gateway = Gateway.start(config, List.of(Bundles.read(BUNDLE)), _ -> {});
  }

  @AfterAll
  void stop() {
    gateway.close();
    prices.close();
  }

  @BeforeEach
  void partner_answers() {
    prices.answers(200, envelope(SoapVersion.SOAP_11, PRICE));
  }

  @ParameterizedTest
  @EnumSource
  void parts_travel_in_wrappers_to_the_partner_and_back(SoapVersion version) throws Exception {
    var response = post(version, ASK);
    assertThat(response.statusCode()).isEqualTo(200);
    assertSame(
        envelope(
            version,
            "<q:quoteResponse xmlns:q='urn:example:quotes'>"
                + ITEM
                + "<price>4.5</price></q:quoteResponse>"),
        response.body());
    assertThat(prices.header("SOAPAction")).isEqualTo("\"urn:example:quotes/price\"");
    assertThat(prices.request())
        .contains("<p:price xmlns:p=\"urn:example:prices\"", "<article>tea</article></p:price>");
  }

  @ParameterizedTest
  @EnumSource
  void a_wrapper_that_does_not_fit_its_parts_is_refused(SoapVersion version) throws Exception {
    var response = post(version, ASK.replace("customer", "buyer"));
    assertThat(response.statusCode()).isEqualTo(version == SoapVersion.SOAP_11 ? 500 : 400);
    assertThat(response.body())
        .contains("InvalidMessage", "starting with element 'buyer'. One of '{customer}'");
  }

  @Test
  void a_wrapper_of_no_operation_is_refused_with_those_there_are() throws Exception {
    var response = post(SoapVersion.SOAP_11, ASK.replace("q:quote", "q:quotes"));
    assertThat(response.body()).contains("No operation takes", "quote ({urn:example:quotes}quote)");
  }

  @ParameterizedTest
  @EnumSource
  void a_fault_is_document_style_on_both_sides(SoapVersion version) throws Exception {
    prices.answers(
        500,
        envelope(
            SoapVersion.SOAP_11,
            "<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring><detail>"
                + "<t:unknownArticle xmlns:t='urn:example:quotes:types'>tea</t:unknownArticle>"
                + "</detail></s:Fault>"));
    var response = post(version, ASK);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("unknownArticle", ">tea<");
  }

  @Test
  void the_document_that_is_published_is_the_one_that_was_deployed() throws Exception {
    var request = HttpRequest.newBuilder(URI.create(address(SoapVersion.SOAP_11) + "?wsdl"));
    var page = HostedOrders.HTTP.send(request.build(), BodyHandlers.ofString()).body();
    assertThat(page).contains("style=\"rpc\"", "namespace=\"urn:example:quotes\"");
    assertThat(Files.readString(BUNDLE.resolve("quotes.wsdl"))).contains("style=\"rpc\"");
  }

  private String address(SoapVersion version) {
    return gateway.address()
        + "/services/quoting/"
        + (version == SoapVersion.SOAP_11 ? "Quotes11" : "Quotes12");
  }

  private HttpResponse<String> post(SoapVersion version, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(address(version)))
            .timeout(Duration.ofSeconds(30))
            .header(
                "Content-Type",
                version == SoapVersion.SOAP_11
                    ? "text/xml; charset=utf-8"
                    : "application/soap+xml; charset=utf-8")
            .POST(BodyPublishers.ofString(envelope(version, body)));
    return HostedOrders.HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
