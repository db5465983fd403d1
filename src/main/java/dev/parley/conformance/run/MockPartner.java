package dev.parley.conformance.run;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.conformance.language.AddressingVersion;
import dev.parley.conformance.language.Behaviour;
import dev.parley.conformance.language.Behaviour.Deed;
import dev.parley.conformance.language.Head;
import dev.parley.conformance.language.Step;
import dev.parley.conformance.language.Xml;
import dev.parley.wsdl.SoapVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A partner that does what its script says, at a real port, and remembers what it got. */
final class MockPartner implements AutoCloseable {
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final int FAULT = 500;
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final String name;
  private final int port;
  private final VirtualTime time;
  private final Ear ear;
  private final Set<VirtualTime.Hold> held = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile Script script = Script.NONE;
  private volatile boolean closed;
  private @Nullable HttpServer server;

  /** Who is told what a partner hears and does. */
  interface Ear {
    void arrived(Arrival arrival);

    /** With every placeholder filled. */
    String fill(String text, Optional<Xml> request);

    /** What the partner sends by itself. */
    void send(Step.Send send, Optional<Xml> request);
  }

  MockPartner(String name, int port, VirtualTime time, Ear ear) {
    this.name = name;
    this.port = port;
    this.time = time;
    this.ear = ear;
  }

  void play(Step.Partner step) {
    script = new Script(step.behaviours());
  }

  String address() {
    return "http://127.0.0.1:%d/%s".formatted(port, name.replaceAll("[^A-Za-z0-9]", "-"));
  }

  /** There, before anybody has dialled it. */
  synchronized void open() {
    if (server == null && !closed) {
      begin();
    }
  }

  /** Before it is dialled: now it is decided whether anybody listens. */
  synchronized void listen() {
    if (script.refuses()) {
      hangUp();
    } else {
      open();
    }
  }

  private void begin() {
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
      server.createContext("/", this::hear);
      server.setExecutor(threads);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Partner '%s' cannot listen at port %d".formatted(name, port), e);
    }
  }

  private void hangUp() {
    if (server != null) {
      server.stop(0);
      server = null;
    }
  }

  private void hear(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = exchange.getRequestBody().readAllBytes();
      var playing = script;
      var envelope = Envelope.parse(bytes);
      var whole = envelope.map(Envelope::whole);
      ear.arrived(
          new Arrival(
              name,
              action(exchange, envelope),
              envelope,
              new String(bytes, StandardCharsets.UTF_8)));
      var version = envelope.map(Envelope::version).orElse(SoapVersion.SOAP_11);
      perform(exchange, playing.next(), new Call(version, whole));
    }
  }

  /** What is answered. */
  private record Call(SoapVersion version, Optional<Xml> request) {}

  private static String action(HttpExchange exchange, Optional<Envelope> envelope) {
    @Nullable String header = exchange.getRequestHeaders().getFirst("SOAPAction");
    String http = header == null ? "" : header.replace("\"", "");
    return http.isEmpty() ? envelope.flatMap(e -> e.addressing("Action")).orElse("") : http;
  }

  private void perform(HttpExchange exchange, Behaviour behaviour, Call call) throws IOException {
    boolean silent = behaviour.deed() instanceof Deed.Silence;
    var wait = silent ? FOR_EVER : behaviour.after();
    if (!wait.isZero() && !hold(wait)) {
      return;
    }
    var then = behaviour.then();
    then.ifPresent(_ -> time.begin());
    respond(exchange, behaviour.deed(), call);
    then.ifPresent(t -> follow(t, call));
  }

  private boolean hold(Duration wait) {
    var waiting = new VirtualTime.Hold();
    held.add(waiting);
    try {
      return time.hold(wait, waiting);
    } finally {
      held.remove(waiting);
    }
  }

  private void respond(HttpExchange exchange, Deed deed, Call call) throws IOException {
    switch (deed) {
      case Deed.Answer(var blocks, var body) ->
          answer(exchange, OK, head(blocks, call), text(body, call), call);
      case Deed.SoapFault(boolean sender, var reason, var detail) ->
          answer(
              exchange,
              FAULT,
              "",
              Envelope.fault(call.version(), sender, reason, text(detail, call)),
              call);
      case Deed.Accept() -> exchange.sendResponseHeaders(ACCEPTED, -1);
      case Deed.Status(int code) -> exchange.sendResponseHeaders(code, -1);
      // Closing it without an answer cuts the connection.
      case Deed.Silence(), Deed.Refuse(), Deed.Break() -> {}
    }
  }

  private String text(Optional<Xml> body, Call call) {
    return body.map(b -> b.map(t -> ear.fill(t, call.request())).text()).orElse("");
  }

  private String head(List<Head.Block> blocks, Call call) {
    return new HeadWriter(call.version(), AddressingVersion.CORE, t -> ear.fill(t, call.request()))
        .blocks(blocks)
        .toString();
  }

  private static void answer(HttpExchange exchange, int status, String head, String body, Call call)
      throws IOException {
    String entity = Envelope.write(call.version(), head, body);
    byte[] bytes = entity.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", Envelope.contentType(call.version()));
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** At work from before the answer until its messages are on their way. */
  private void follow(Behaviour.Callback callback, Call call) {
    Runnable send = () -> callback.sends().forEach(s -> ear.send(s, call.request()));
    if (callback.after().isZero()) {
      threads.execute(
          () -> {
            try {
              send.run();
            } finally {
              time.end();
            }
          });
    } else {
      time.at(time.now().plus(callback.after()), send);
      time.end();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    held.forEach(time::release);
    hangUp();
    threads.shutdownNow();
  }

  @Override
  public String toString() {
    return name;
  }
}
