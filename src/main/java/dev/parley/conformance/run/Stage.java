package dev.parley.conformance.run;

import dev.parley.conformance.language.Contracts;
import dev.parley.conformance.language.Head;
import dev.parley.conformance.language.Letter;
import dev.parley.conformance.language.Payload;
import dev.parley.conformance.language.Step;
import dev.parley.conformance.language.Xml;
import dev.parley.message.Body;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.wsdl.SoapVersion;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Everything that has been seen in a case so far. */
final class Stage implements MockPartner.Ear, NodeBorders.Watch {
  final VirtualTime time;
  final Diary diary;
  final Bindings bindings = new Bindings(name -> partner(name).address());

  /** What the case has accounted for of what it found in the gateway. */
  final Set<InstanceId> knownInstances = new HashSet<>();

  final Set<MessageId> knownQueued = new HashSet<>();
  final Set<MessageId> knownDead = new HashSet<>();

  private final Post post;
  private final Set<Path> bundles = new LinkedHashSet<>();
  private final Map<String, MockPartner> partners = new HashMap<>();
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();
  private final Map<String, Sent> sent = new LinkedHashMap<>();
  private final List<Arrival> unexpected = new ArrayList<>();
  private final List<MessageId> outbound = new ArrayList<>();
  private Supplier<URI> base = () -> URI.create("http://localhost");

  Stage(VirtualTime time) {
    this.time = time;
    this.diary = new Diary(time);
    this.post = new Post(time);
  }

  void at(Supplier<URI> gateway) {
    base = gateway;
  }

  void add(MockPartner partner, String name) {
    partners.put(name, partner);
  }

  MockPartner partner(String name) {
    return Objects.requireNonNull(partners.get(name), name);
  }

  Collection<MockPartner> partners() {
    return partners.values();
  }

  void add(Path bundle) {
    bundles.add(bundle);
  }

  Set<Path> bundles() {
    return bundles;
  }

  /** What a send step, or a callback, will put on the wire. */
  Sent write(String id, Letter letter, Optional<Xml> request) {
    var fill = bindings.filling(request);
    return switch (letter) {
      case Letter.Simple simple -> new RestPost(base.get(), fill).message(id, simple);
      case Letter.Soap soap -> Post.write(id, soap, way(soap), fill);
    };
  }

  /** What this step will put on the wire. */
  Sent write(Step.Traffic step) {
    var rest = new RestPost(base.get(), bindings.filling(Optional.empty()));
    return switch (step) {
      case Step.Send(var _, var id, var letter) -> write(id, letter, Optional.empty());
      case Step.Start start -> rest.start(start);
      case Step.Complete complete -> rest.complete(complete);
      case Step.Replay replay -> rest.replay(replay, number(replay.of()));
      case Step.Duplicate(var _, var of, var id) -> again(id, of);
    };
  }

  /** The gateway's number of a message. */
  private MessageId number(String of) {
    return sent(of)
        .message()
        .orElseThrow(() -> new Mismatch("a dead letter '" + of + "'", "that it was not taken in"));
  }

  /** Whether there is such a task to be completed. */
  boolean waits(Step.Complete step) {
    return new RestPost(base.get(), bindings.filling(Optional.empty())).waits(step);
  }

  private Post.Way way(Letter.Soap letter) {
    var to = letter.to().map(n -> Objects.requireNonNull(kept.get(n), n).at(base.get()));
    return new Post.Way(target(letter), base.get(), to);
  }

  /** Keeps the endpoint references that a case asks for. */
  void keep(Head head, Envelope envelope) {
    for (var keep : head.keeps()) {
      Kept.find(envelope, keep.element())
          .ifPresent(found -> kept.put(keep.name(), found.within(base.get())));
    }
  }

  private Contracts.Target target(Letter.Soap letter) {
    var version =
        letter.soap().map(v -> v.equals("1.2") ? SoapVersion.SOAP_12 : SoapVersion.SOAP_11);
    var contracts = Contracts.SHARED;
    return version.isPresent()
        ? contracts.target(bundles, letter.process(), letter.name(), version.get())
        : contracts.target(bundles, letter.process(), letter.name());
  }

  /** The same again, to where the gateway is now. */
  private Sent again(String id, String of) {
    var first = sent(of);
    var to = base.get().resolve(pathAndQuery(first.request().uri()));
    var request = HttpRequest.newBuilder(first.request(), (_, _) -> true).uri(to).build();
    return new Sent(id, first.operation(), first.messageId(), first.body(), request);
  }

  private static String pathAndQuery(URI uri) {
    return uri.getRawPath() + Optional.ofNullable(uri.getRawQuery()).map(q -> "?" + q).orElse("");
  }

  void send(Sent message) {
    synchronized (this) {
      sent.put(message.id(), message);
    }
    diary.note(
        "case",
        "gateway",
        "%s '%s' %s"
            .formatted(
                message.operation(), message.id(), message.body().map(Payload::entity).orElse("")));
    post.send(
        message,
        () ->
            diary.note(
                "gateway",
                "case",
                "'%s' %s"
                    .formatted(message.id(), message.outcome().map(Object::toString).orElse(""))));
  }

  synchronized boolean isSent(String id) {
    return sent.containsKey(id);
  }

  synchronized Sent sent(String id) {
    return Optional.ofNullable(sent.get(id))
        .orElseThrow(() -> new Mismatch("a message '" + id + "'", "that it was not sent yet"));
  }

  synchronized List<Sent> sent() {
    return List.copyOf(sent.values());
  }

  /** Messages at partners that no step has expected yet, in order. */
  synchronized List<Arrival> unexpected() {
    return List.copyOf(unexpected);
  }

  synchronized void expected(Arrival arrival) {
    unexpected.remove(arrival);
  }

  synchronized List<MessageId> outbound() {
    return List.copyOf(outbound);
  }

  @Override
  public void arrived(Arrival arrival) {
    diary.note("gateway", arrival.partner(), arrival.shown());
    synchronized (this) {
      unexpected.add(arrival);
    }
  }

  @Override
  public String fill(String text, Optional<Xml> request) {
    return bindings.fill(text, request);
  }

  @Override
  public void send(Step.Send send, Optional<Xml> request) {
    Sent message;
    // Two callbacks at the same time have names of their own.
    synchronized (this) {
      String id = send.id();
      for (int i = 2; sent.containsKey(id); i++) {
        id = send.id() + "-" + i;
      }
      message = write(id, send.letter(), request);
      sent.put(id, message);
    }
    send(message);
  }

  @Override
  public synchronized void received(Message message) {
    var bearer =
        sent.values().stream()
            .filter(s -> s.message().isEmpty() && s.outcome().isEmpty())
            .filter(s -> s.operation().equals(message.operation().operation()))
            .filter(s -> isSame(s.body(), message.body()))
            .findFirst();
    bearer.ifPresent(s -> s.link(message.id(), Thread.currentThread()));
  }

  private static boolean isSame(Optional<Payload> sent, Body received) {
    var xml = Xml.parse(received.bytes());
    if (sent.isPresent() && sent.get() instanceof Payload.OfXml(var own)) {
      return xml.filter(x -> Comparison.difference(own, x, new Bindings(name -> name)).isEmpty())
          .isPresent();
    }
    String text = new String(received.bytes(), StandardCharsets.UTF_8);
    return sent.map(Payload::entity).orElse("").equals(text) || (sent.isEmpty() && xml.isEmpty());
  }

  @Override
  public synchronized void outbound(MessageId message) {
    outbound.add(message);
  }

  @Override
  public void dialling(String endpoint) {
    partners.values().stream()
        .filter(p -> (endpoint + "/").startsWith(p.address() + "/"))
        .forEach(MockPartner::listen);
  }
}
