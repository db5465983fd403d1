package dev.parley.cli;

import dev.parley.wsdl.SoapVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** Orders a teapot. */
final class DemoBuyer implements AutoCloseable {
  private static final String NAMESPACE = "urn:example:order";

  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * What the buyer says.
   *
   * @param operation of the port type
   * @param idempotencyKey names the message; a second one of that name is the same message
   */
  record Saying(String operation, String idempotencyKey, String body) {
    String envelope() {
      return SoapText.envelope(SoapVersion.SOAP_11, body);
    }
  }

  static final Saying ORDER =
      new Saying(
          "place",
          "order-4711",
          """
          <order xmlns="urn:example:order">
            <orderId>4711</orderId>
            <article>teapot</article>
            <quantity>2</quantity>
          </order>\
          """);

  static final Saying ADDRESS =
      new Saying(
          "deliverTo",
          "address-4711",
          """
          <address xmlns="urn:example:order">
            <orderId>4711</orderId>
            <line>Canal Street 12</line>
          </address>\
          """);

  static final Saying PAYMENT =
      new Saying(
          "pay",
          "payment-4711",
          """
          <payment xmlns="urn:example:order">
            <orderId>4711</orderId>
            <amount>38.50</amount>
          </payment>\
          """);

  /** Says it; the answer may take its time, or never come. */
  CompletableFuture<HttpResponse<String>> say(Saying saying, URI gateway) {
    var request =
        new SoapRequest(
            gateway.resolve("/services/order/orders"),
            SoapVersion.SOAP_11,
            NAMESPACE + ":" + saying.operation(),
            saying.envelope(),
            saying.idempotencyKey());
    return client.sendAsync(request.http(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
