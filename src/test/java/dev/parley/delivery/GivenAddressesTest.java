package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.finding.Location;
import dev.parley.message.Body;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageExchangePattern;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.wsdl.Operation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GivenAddressesTest {
  private static final Map<String, String> NAMES =
      Map.of("good.example", "93.184.216.34", "rebound.example", "169.254.169.254");

  private final List<String> dialled = new ArrayList<>();
  private final PartnerTransport wire =
      new PartnerTransport() {
        @Override
        public boolean carries(String endpoint) {
          return endpoint.startsWith("http");
        }

        @Override
        public Attempt send(Consignment consignment) {
          dialled.add(consignment.endpoint());
          return Attempt.ACKNOWLEDGED;
        }
      };
  private final GivenAddresses transport =
      new GivenAddresses(
          wire,
          new ReplyAddresses(List.of("http://*.example")),
          host -> {
            var ip = NAMES.get(host);
            if (ip == null) {
              throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.ofLiteral(ip)};
          });

  @Test
  void an_address_of_the_configuration_or_the_contract_is_not_looked_at() {
    assertThat(send("http://10.0.0.7/", false)).isEqualTo(Attempt.ACKNOWLEDGED);
    assertThat(dialled).containsExactly("http://10.0.0.7/");
  }

  @Test
  void a_given_address_that_is_allowed_is_sent_to() {
    assertThat(send("http://good.example/a", true)).isEqualTo(Attempt.ACKNOWLEDGED);
    assertThat(dialled).containsExactly("http://good.example/a");
  }

  @Test
  void a_given_address_that_is_not_allowed_is_never_sent_to() {
    assertRefused(send("http://other.invalid/", true), "replyAddresses");
    assertRefused(send("process:shop", true), "replyAddresses");
  }

  @Test
  void a_given_name_that_leads_inside_is_never_sent_to() {
    assertRefused(send("http://rebound.example/", true), "169.254.169.254");
  }

  @Test
  void a_given_name_that_nobody_knows_now_may_be_known_later() {
    assertThat(send("http://unknown.example/", true))
        .isEqualTo(
            new Attempt.Failed("The host of http://unknown.example/ is not known", true, true));
  }

  @Test
  void it_carries_what_the_transport_carries() {
    assertThat(transport.carries("http://a/")).isTrue();
    assertThat(transport.carries("jms:a")).isFalse();
  }

  private void assertRefused(Attempt attempt, String reason) {
    var failed = (Attempt.Failed) attempt;
    assertThat(failed.reason()).contains(reason);
    assertThat(failed.surelyNotSent()).isTrue();
    assertThat(failed.worthRetrying()).isFalse();
    assertThat(dialled).isEmpty();
  }

  private Attempt send(String endpoint, boolean given) {
    var name = OperationName.ofMessage("news");
    var operation =
        new Operation(
            name, MessageExchangePattern.IN_ONLY, null, null, List.of(), Location.of("news.wsdl"));
    var message =
        new Message(
            new MessageId(1), "shop", name, MessageKind.INPUT, Body.EMPTY, Headers.NONE, "");
    return transport.send(
        new Consignment(
            message, null, operation, endpoint, "urn:a", Duration.ofSeconds(1), null, given));
  }
}
