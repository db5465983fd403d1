package dev.parley.engine;

import dev.parley.correlation.KeySet;
import dev.parley.engine.ProcessInstance.ArmedTimer;
import dev.parley.engine.ProcessInstance.Listener;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.engine.ProcessInstance.Suspension;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.expression.Value;
import dev.parley.message.Blob;
import dev.parley.message.BlobReader;
import dev.parley.message.BlobWriter;
import dev.parley.message.Body;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of an instance without its data items. Format 5: definition, version, status,
 * counter; scopes as (id, definition, parent, owner, round, state, keys as (number, values), data
 * items that are the body of a message received as (number, message), partner links); tokens as
 * (id, scope, node, waiting tag, its numbers); timers as (id, owner, node, millis, left); listeners
 * as (id, owner, node, held); exchanges and requests: see {@link ExchangeCodec}; the caller, 0 for
 * none; 0, or 1 where it is suspended and what it holds. Lists have their length before them. Every
 * released format stays readable.
 */
public final class InstanceCodec {
  private static final int FORMAT = 5;
  private static final int FOR_MESSAGE = 0;
  private static final int FOR_EVENTS = 1;
  private static final int FOR_ANSWER = 2;
  private static final int FOR_DELIVERY = 3;
  private static final int FOR_BRANCHES = 4;
  private static final int FOR_SCOPE = 5;
  private static final int FOR_ROUNDS = 6;
  private static final int FOR_COMPLETION = 7;
  private static final int FOR_CALL = 8;
  private static final int FOR_CALLBACK = 9;

  private static final long NOBODY = 0;

  private InstanceCodec() {}

  public static Blob encode(ProcessInstance instance) {
    var out = new BlobWriter();
    out.number(FORMAT)
        .number(instance.definition())
        .number(instance.version())
        .text(instance.status().name())
        .number(instance.counter());
    out.number(instance.scopes().size());
    instance.scopes().forEach(s -> write(out, s));
    out.number(instance.tokens().size());
    instance.tokens().forEach(t -> write(out, t));
    out.number(instance.timers().size());
    instance.timers().forEach(t -> write(out, t));
    out.number(instance.listeners().size());
    instance.listeners().forEach(l -> write(out, l));
    out.number(instance.exchanges().size());
    instance.exchanges().forEach(e -> ExchangeCodec.write(out, e));
    out.number(instance.requests().size());
    instance.requests().forEach(r -> ExchangeCodec.write(out, r));
    writeCaller(out, instance.caller());
    write(out, instance.suspension());
    return out.toBlob();
  }

  private static void write(BlobWriter out, @Nullable Suspension suspension) {
    out.number(suspension == null ? 0 : 1);
    if (suspension != null) {
      out.number(suspension.held().size());
      suspension.held().forEach(input -> TurnCodec.write(out, input));
    }
  }

  private static @Nullable Suspension suspension(BlobReader in) {
    return in.number() == 0 ? null : new Suspension(list(in, () -> TurnCodec.held(in)));
  }

  /**
   * Throws IllegalStateException for a format of a newer release.
   *
   * @param items those that are no message's body, as {@link ProcessInstance#ownItems} gave them
   * @param bodies gives a message's body, asked only when an expression needs it
   */
  public static ProcessInstance decode(
      InstanceId id, Blob blob, Map<Long, Value> items, Function<MessageId, Body> bodies) {
    var in = new BlobReader(blob);
    int format = in.integer();
    if (format != FORMAT) {
      throw new IllegalStateException(
          "Expected instance state of format %d, found %d: another release wrote it"
              .formatted(FORMAT, format));
    }
    return new ProcessInstance(
        id,
        in.integer(),
        in.integer(),
        Status.valueOf(in.text()),
        in.integer(),
        list(in, () -> scope(in, items, bodies)),
        list(in, () -> token(in)),
        list(in, () -> timer(in)),
        list(in, () -> listener(in)),
        list(in, () -> ExchangeCodec.exchange(in)),
        list(in, () -> ExchangeCodec.request(in)),
        caller(in),
        suspension(in));
  }

  private static <T> List<T> list(BlobReader in, Supplier<T> element) {
    int size = in.integer();
    var list = new ArrayList<T>(size);
    for (int i = 0; i < size; i++) {
      list.add(element.get());
    }
    return list;
  }

  private static void write(BlobWriter out, Scope scope) {
    out.number(scope.id())
        .number(scope.definition())
        .number(scope.parent())
        .number(scope.owner())
        .number(scope.round())
        .text(scope.state().name());
    write(out, scope.keys());
    var received = new TreeMap<Integer, Long>();
    scope.items().forEach((item, value) -> value.message().ifPresent(m -> received.put(item, m)));
    out.number(received.size());
    received.forEach((item, message) -> out.number(item).number(message));
    ExchangeCodec.write(out, scope.partners());
  }

  private static Scope scope(
      BlobReader in, Map<Long, Value> own, Function<MessageId, Body> bodies) {
    int id = in.integer();
    int definition = in.integer();
    int parent = in.integer();
    int owner = in.integer();
    int round = in.integer();
    var state = Scope.State.valueOf(in.text());
    var keys = keys(in);
    var items = new HashMap<Integer, Value>();
    own.forEach(
        (cell, value) -> {
          if (ProcessInstance.scopeOf(cell) == id) {
            items.put(ProcessInstance.itemOf(cell), value);
          }
        });
    int size = in.integer();
    for (int i = 0; i < size; i++) {
      int item = in.integer();
      var message = new MessageId(in.number());
      items.put(item, Value.received(() -> bodies.apply(message), message.value()));
    }
    var partners = ExchangeCodec.partners(in);
    return new Scope(id, definition, parent, owner, round, state, keys, items, partners);
  }

  private static void write(BlobWriter out, Token token) {
    out.number(token.id()).number(token.scope()).number(token.node());
    switch (token.waiting()) {
      case Waiting.ForMessage _ -> out.number(FOR_MESSAGE);
      case Waiting.ForEvents _ -> out.number(FOR_EVENTS);
      case Waiting.ForAnswer(var sent) -> out.number(FOR_ANSWER).number(sent.value());
      case Waiting.ForCallback(var sent) -> out.number(FOR_CALLBACK).number(sent.value());
      case Waiting.ForDelivery(var sent) -> out.number(FOR_DELIVERY).number(sent.value());
      case Waiting.ForBranches(int flow) -> out.number(FOR_BRANCHES).number(flow);
      case Waiting.ForScope _ -> out.number(FOR_SCOPE);
      case Waiting.ForRounds(int total, int begun, int ended) ->
          out.number(FOR_ROUNDS).number(total).number(begun).number(ended);
      case Waiting.ForCompletion(var since, var data) -> {
        out.number(FOR_COMPLETION).number(since.toEpochMilli());
        writeData(out, data);
      }
      case Waiting.ForCall(var called) -> out.number(FOR_CALL).number(called.value());
    }
  }

  private static Token token(BlobReader in) {
    return new Token(in.integer(), in.integer(), in.integer(), waiting(in));
  }

  private static Waiting waiting(BlobReader in) {
    int tag = in.integer();
    return switch (tag) {
      case FOR_MESSAGE -> new Waiting.ForMessage();
      case FOR_EVENTS -> new Waiting.ForEvents();
      case FOR_ANSWER -> new Waiting.ForAnswer(new MessageId(in.number()));
      case FOR_CALLBACK -> new Waiting.ForCallback(new MessageId(in.number()));
      case FOR_DELIVERY -> new Waiting.ForDelivery(new MessageId(in.number()));
      case FOR_BRANCHES -> new Waiting.ForBranches(in.integer());
      case FOR_SCOPE -> new Waiting.ForScope();
      case FOR_ROUNDS -> new Waiting.ForRounds(in.integer(), in.integer(), in.integer());
      case FOR_COMPLETION -> new Waiting.ForCompletion(Instant.ofEpochMilli(in.number()), data(in));
      case FOR_CALL -> new Waiting.ForCall(new InstanceId(in.number()));
      default ->
          throw new IllegalStateException("Unknown kind of waiting in instance state: " + tag);
    };
  }

  private static void write(BlobWriter out, ArmedTimer timer) {
    out.number(timer.id())
        .number(timer.owner())
        .number(timer.node())
        .number(timer.dueAt().toEpochMilli())
        .number(timer.left());
  }

  private static ArmedTimer timer(BlobReader in) {
    return new ArmedTimer(
        in.integer(), in.integer(), in.integer(), Instant.ofEpochMilli(in.number()), in.integer());
  }

  private static void write(BlobWriter out, Listener listener) {
    out.number(listener.id())
        .number(listener.owner())
        .number(listener.node())
        .number(listener.held() ? 1 : 0);
  }

  private static Listener listener(BlobReader in) {
    return new Listener(in.integer(), in.integer(), in.integer(), in.number() == 1);
  }

  static void writeCaller(BlobWriter out, @Nullable InstanceId caller) {
    out.number(caller == null ? NOBODY : caller.value());
  }

  static @Nullable InstanceId caller(BlobReader in) {
    long caller = in.number();
    return caller == NOBODY ? null : new InstanceId(caller);
  }

  /** Values by name. */
  static void writeData(BlobWriter out, SortedMap<String, Value> data) {
    out.number(data.size());
    data.forEach((name, value) -> out.text(name).bytes(value.encode().bytes()));
  }

  static SortedMap<String, Value> data(BlobReader in) {
    int size = in.integer();
    var data = new TreeMap<String, Value>();
    for (int i = 0; i < size; i++) {
      data.put(in.text(), Value.decode(Blob.of(in.bytes())));
    }
    return data;
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
}
