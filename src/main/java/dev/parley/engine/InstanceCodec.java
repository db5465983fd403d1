package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.engine.ProcessInstance.ArmedTimer;
import dev.parley.engine.ProcessInstance.OpenExchange;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.expression.Value;
import dev.parley.message.Blob;
import dev.parley.message.BlobReader;
import dev.parley.message.BlobWriter;
import dev.parley.message.Body;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.message.OperationName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import javax.xml.namespace.QName;

/**
 * The stored form of an instance without its data items. Format 1: definition, version, status,
 * counter; tokens as (id, node, waiting tag, its number); timers as (id, token, node, millis); keys
 * as (number, values); exchanges as (request, interface, operation, name); data items that are the
 * body of a message received as (number, message). Lists have their length before them. Every
 * released format stays readable.
 */
public final class InstanceCodec {
  private static final int FORMAT = 1;
  private static final int FOR_MESSAGE = 0;
  private static final int FOR_TIMER = 1;
  private static final int FOR_ANSWER = 2;
  private static final int FOR_DELIVERY = 3;
  private static final int FOR_BRANCHES = 4;

  private InstanceCodec() {}

  public static Blob encode(ProcessInstance instance) {
    var out = new BlobWriter();
    out.number(FORMAT)
        .number(instance.definition())
        .number(instance.version())
        .text(instance.status().name())
        .number(instance.counter());
    out.number(instance.tokens().size());
    instance.tokens().forEach(t -> write(out, t));
    out.number(instance.timers().size());
    instance.timers().forEach(t -> write(out, t));
    write(out, instance.keys());
    out.number(instance.exchanges().size());
    instance.exchanges().forEach(e -> write(out, e));
    writeReceived(out, instance);
    return out.toBlob();
  }

  /**
   * Throws IllegalStateException for a format of a newer release.
   *
   * @param items those that are no message's body
   * @param bodies gives a message's body, asked only when an expression needs it
   */
  public static ProcessInstance decode(
      InstanceId id, Blob blob, Map<Integer, Value> items, Function<MessageId, Body> bodies) {
    var in = new BlobReader(blob);
    int format = in.integer();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "Expected instance state of format %d, found %d: a newer release wrote it"
              .formatted(FORMAT, format));
    }
    int definition = in.integer();
    int version = in.integer();
    var status = Status.valueOf(in.text());
    int counter = in.integer();
    return new ProcessInstance(
        id,
        definition,
        version,
        status,
        counter,
        tokens(in),
        timers(in),
        keys(in),
        exchanges(in),
        withReceived(in, items, bodies));
  }

  private static void writeReceived(BlobWriter out, ProcessInstance instance) {
    var received = new TreeMap<Integer, Long>();
    instance
        .items()
        .forEach((item, value) -> value.message().ifPresent(m -> received.put(item, m)));
    out.number(received.size());
    received.forEach((item, message) -> out.number(item).number(message));
  }

  private static Map<Integer, Value> withReceived(
      BlobReader in, Map<Integer, Value> items, Function<MessageId, Body> bodies) {
    var all = new HashMap<>(items);
    int size = in.integer();
    for (int i = 0; i < size; i++) {
      int item = in.integer();
      var message = new MessageId(in.number());
      all.put(item, Value.received(() -> bodies.apply(message), message.value()));
    }
    return all;
  }

  private static void write(BlobWriter out, Token token) {
    out.number(token.id()).number(token.node());
    switch (token.waiting()) {
      case Waiting.ForMessage _ -> out.number(FOR_MESSAGE);
      case Waiting.ForTimer _ -> out.number(FOR_TIMER);
      case Waiting.ForAnswer(var sent) -> out.number(FOR_ANSWER).number(sent.value());
      case Waiting.ForDelivery(var sent) -> out.number(FOR_DELIVERY).number(sent.value());
      case Waiting.ForBranches(int flow) -> out.number(FOR_BRANCHES).number(flow);
    }
  }

  private static List<Token> tokens(BlobReader in) {
    int size = in.integer();
    var tokens = new ArrayList<Token>(size);
    for (int i = 0; i < size; i++) {
      tokens.add(new Token(in.integer(), in.integer(), waiting(in)));
    }
    return tokens;
  }

  private static Waiting waiting(BlobReader in) {
    int tag = in.integer();
    return switch (tag) {
      case FOR_MESSAGE -> new Waiting.ForMessage();
      case FOR_TIMER -> new Waiting.ForTimer();
      case FOR_ANSWER -> new Waiting.ForAnswer(new MessageId(in.number()));
      case FOR_DELIVERY -> new Waiting.ForDelivery(new MessageId(in.number()));
      case FOR_BRANCHES -> new Waiting.ForBranches(in.integer());
      default ->
          throw new IllegalStateException("Unknown kind of waiting in instance state: " + tag);
    };
  }

  private static void write(BlobWriter out, ArmedTimer timer) {
    out.number(timer.id())
        .number(timer.token())
        .number(timer.node())
        .number(timer.dueAt().toEpochMilli());
  }

  private static List<ArmedTimer> timers(BlobReader in) {
    int size = in.integer();
    var timers = new ArrayList<ArmedTimer>(size);
    for (int i = 0; i < size; i++) {
      timers.add(
          new ArmedTimer(
              in.integer(), in.integer(), in.integer(), Instant.ofEpochMilli(in.number())));
    }
    return timers;
  }

  static void write(BlobWriter out, KeySet keys) {
    out.number(keys.values().size());
    keys.values()
        .forEach(
            (number, values) -> {
              out.number(number).number(values.size());
              values.forEach(out::text);
            });
  }

  static KeySet keys(BlobReader in) {
    int size = in.integer();
    SortedMap<Integer, List<String>> keys = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      int number = in.integer();
      int length = in.integer();
      var values = new ArrayList<String>(length);
      for (int j = 0; j < length; j++) {
        values.add(in.text());
      }
      keys.put(number, List.copyOf(values));
    }
    return KeySet.of(keys);
  }

  private static void write(BlobWriter out, OpenExchange exchange) {
    out.number(exchange.request().value())
        .text(exchange.operation().interfaceName().toString())
        .text(exchange.operation().operation())
        .text(exchange.name());
  }

  private static List<OpenExchange> exchanges(BlobReader in) {
    int size = in.integer();
    var exchanges = new ArrayList<OpenExchange>(size);
    for (int i = 0; i < size; i++) {
      var request = new MessageId(in.number());
      var operation = new OperationName(QName.valueOf(in.text()), in.text());
      exchanges.add(new OpenExchange(request, operation, in.text()));
    }
    return exchanges;
  }
}
