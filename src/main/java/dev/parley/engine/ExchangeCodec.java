package dev.parley.engine;

import dev.parley.deployment.Interaction.ExchangeName;
import dev.parley.engine.ProcessInstance.OpenExchange;
import dev.parley.engine.ProcessInstance.OpenRequest;
import dev.parley.engine.ProcessInstance.PartnerLink;
import dev.parley.message.BlobReader;
import dev.parley.message.BlobWriter;
import dev.parley.message.Body;
import dev.parley.message.EndpointReference;
import dev.parley.message.MessageId;
import dev.parley.message.OperationName;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.namespace.QName;

/**
 * The part of an instance's stored form that is about its exchanges: those open as (request,
 * interface, operation, name, participant, scope, acceptAfter + 1); requests as (sent, interface,
 * operation, name, participant, scope, whether there is an outcome, the outcome as a turn has it);
 * partner links as (participant, address, reference parameters, chosen).
 */
final class ExchangeCodec {
  private ExchangeCodec() {}

  static void write(BlobWriter out, OpenExchange exchange) {
    begin(out, exchange.request(), exchange.operation(), exchange.name());
    out.number(exchange.scope()).number(exchange.acceptAfter() + 1);
  }

  static OpenExchange exchange(BlobReader in) {
    return new OpenExchange(
        new MessageId(in.number()), operation(in), name(in), in.integer(), in.integer() - 1);
  }

  static void write(BlobWriter out, OpenRequest request) {
    begin(out, request.sent(), request.operation(), request.name());
    out.number(request.scope());
    var outcome = request.outcome();
    out.number(outcome == null ? 0 : 1);
    if (outcome != null) {
      TurnCodec.write(out, outcome);
    }
  }

  static OpenRequest request(BlobReader in) {
    var sent = new MessageId(in.number());
    var operation = operation(in);
    var name = name(in);
    int scope = in.integer();
    var outcome = in.integer() == 0 ? null : TurnCodec.outcome(in);
    return new OpenRequest(sent, operation, name, scope, outcome);
  }

  private static void begin(
      BlobWriter out, MessageId message, OperationName operation, ExchangeName name) {
    out.number(message.value())
        .text(operation.interfaceName().toString())
        .text(operation.operation())
        .text(name.name())
        .text(name.participant());
  }

  private static OperationName operation(BlobReader in) {
    return new OperationName(QName.valueOf(in.text()), in.text());
  }

  private static ExchangeName name(BlobReader in) {
    return new ExchangeName(in.text(), in.text());
  }

  static void write(BlobWriter out, Map<String, PartnerLink> partners) {
    out.number(partners.size());
    new TreeMap<>(partners)
        .forEach(
            (participant, link) -> {
              out.text(participant).text(link.endpoint().address());
              out.number(link.endpoint().parameters().size());
              link.endpoint().parameters().forEach(p -> out.bytes(p.bytes()));
              out.number(link.chosen() ? 1 : 0);
            });
  }

  static Map<String, PartnerLink> partners(BlobReader in) {
    int size = in.integer();
    var partners = new TreeMap<String, PartnerLink>();
    for (int i = 0; i < size; i++) {
      var participant = in.text();
      var address = in.text();
      var parameters = Stream.generate(() -> Body.of(in.bytes())).limit(in.integer()).toList();
      var endpoint = new EndpointReference(address, parameters);
      partners.put(participant, new PartnerLink(endpoint, in.integer() == 1));
    }
    return partners;
  }
}
