package dev.parley.http;

import dev.parley.Gateway;
import dev.parley.config.Config;
import dev.parley.deployment.Bundles;
import dev.parley.model.TestConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gateway with insurance claims: a claim is opened, assessed, and either closed or paid once its
 * account is known. A claim that is closed leaves an account that came early to nobody.
 */
public final class Claims implements AutoCloseable {
  private static final Path BUNDLE = Path.of("src/test/resources/dev/parley/http/claims");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Gateway gateway;

  /**
   * @param payments where payments are sent
   */
  public Claims(Path data, String payments) throws Exception {
    var usual = TestConfig.in(data, 10_000);
    var config =
        new Config(
            usual.host(),
            usual.port(),
            usual.data(),
            usual.store(),
            usual.publicAddress(),
            usual.maxMessageBytes(),
            usual.validate(),
            usual.replyWithin(),
            usual.replyAddresses(),
            Map.of("payments", payments));
    gateway = Gateway.start(config, List.of(Bundles.read(BUNDLE)), _ -> {});
  }

  /** Where payments are refused a connection. */
  public Claims(Path data) throws Exception {
    this(data, "http://127.0.0.1:1/payments");
  }

  public String address() {
    return gateway.address();
  }

  /** A request whose entity is XML, where it has one. */
  public HttpResponse<String> ask(String method, String path, String xml) throws Exception {
    var body = xml.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(xml);
    var request =
        HttpRequest.newBuilder(URI.create(address() + path))
            .header("Content-Type", "application/xml")
            .method(method, body);
    return client.send(request.build(), BodyHandlers.ofString());
  }

  public JsonNode get(String path) throws Exception {
    return json(ask("GET", path, ""));
  }

  public static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }

  /** A simple message; what became of it. */
  public JsonNode tell(String message, String json) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(address() + "/messages/" + message))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json));
    return json(client.send(request.build(), BodyHandlers.ofString()));
  }

  public JsonNode open(int claim) throws Exception {
    return tell("opened", "{\"claim\": %d}".formatted(claim));
  }

  public JsonNode assess(int claim, boolean pay) throws Exception {
    return tell("assessed", "{\"claim\": %d, \"pay\": %b}".formatted(claim, pay));
  }

  public static String account(int claim) {
    return "<account xmlns=\"urn:example:claims\"><claim>%d</claim><iban>DE02</iban></account>"
        .formatted(claim);
  }

  /** The account by SOAP; the HTTP status. */
  public int bank(int claim) throws Exception {
    return bank(claim, "urn:uuid:" + UUID.randomUUID());
  }

  /** The same under this id. */
  int bank(int claim, String messageId) throws Exception {
    String envelope =
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Header><MessageID xmlns=\"http://www.w3.org/2005/08/addressing\">%s</MessageID></s:Header><s:Body>%s</s:Body></s:Envelope>"
            .formatted(messageId, account(claim));
    var request =
        HttpRequest.newBuilder(URI.create(address() + "/services/claim/claims"))
            .header("Content-Type", "text/xml; charset=utf-8")
            .POST(BodyPublishers.ofString(envelope));
    return client.send(request.build(), BodyHandlers.ofString()).statusCode();
  }

  /** A message that waits, with its body. */
  JsonNode stored(int place) throws Exception {
    var id = get("/queue").get("messages").get(place).get("id").asString();
    return get("/queue/" + id);
  }

  /** The claim is closed while its account waits: the id of the dead letter. */
  public String deadLetter(int claim) throws Exception {
    open(claim);
    bank(claim);
    assess(claim, false);
    var letters = get("/dead-letters?operation=bank").get("deadLetters");
    return letters.get(letters.size() - 1).get("id").asString();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
