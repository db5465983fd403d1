package dev.parley.soap;

import static dev.parley.soap.HostedOrders.element;
import static dev.parley.soap.HostedOrders.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.wsdl.SoapVersion;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xmlunit.builder.DiffBuilder;

@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostingTest {
  private static final Body RECEIPT =
      Body.of("<r:receipt xmlns:r=\"urn:order\">Straße €</r:receipt>");

  private final HostedOrders orders = HostedOrders.start();

  @AfterAll
  void stop() {
    orders.close();
  }

  @BeforeEach
  void forget() {
    orders.door.forget();
    orders.door.answer(Answer.ACCEPTED);
  }

  @ParameterizedTest
  @EnumSource
  void an_in_out_message_reaches_the_door_and_its_reply_the_caller(SoapVersion version) {
    orders.door.answer(new Answer.Reply(RECEIPT));
    var response = orders.post(version, "order", "7 &lt; 8 &amp; Ü");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").map(HostingTest::normal))
        .hasValue(
            version == SoapVersion.SOAP_11
                ? "text/xml;charset=utf-8"
                : "application/soap+xml;charset=utf-8");
    assertSame(envelope(version, RECEIPT.toString()), response.body());
    var message = orders.door.taken.getFirst();
    var expected =
        new Message(
            message.id(),
            "shop",
            new OperationName(Orders.TYPE, "submit"),
            MessageKind.INPUT,
            message.body(),
            Headers.NONE,
            "");
    assertThat(message).isEqualTo(expected);
    assertSame(element("order", "7 &lt; 8 &amp; Ü"), message.body().toString());
  }

  @Test
  void a_one_way_message_is_acknowledged_only_after_it_was_committed() throws Exception {
    var committed = new CompletableFuture<Answer>();
    orders.door.script = _ -> committed;
    var request =
        orders.request(
            SoapVersion.SOAP_11,
            envelope(SoapVersion.SOAP_11, element("note", "x")).getBytes(StandardCharsets.UTF_8));
    var response = HostedOrders.HTTP.sendAsync(request.build(), BodyHandlers.ofString());
    orders.door.arrival();
    assertThat(response).isNotDone();
    committed.complete(Answer.ACCEPTED);
    assertThat(response.get().statusCode()).isEqualTo(202);
    assertThat(response.get().body()).isEmpty();
  }

  private static String normal(String contentType) {
    return contentType.toLowerCase(Locale.ROOT).replace(" ", "");
  }

  static void assertSame(String expected, String actual) {
    var diff = DiffBuilder.compare(expected).withTest(actual).checkForSimilar().build();
    assertThat(diff.hasDifferences()).as("%s%nbut was %s", expected, actual).isFalse();
  }
}
