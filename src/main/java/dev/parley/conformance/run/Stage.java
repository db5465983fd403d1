package dev.parley.conformance.run;

import dev.parley.conformance.language.Contracts;
import dev.parley.conformance.language.Letter;
import dev.parley.conformance.language.Step;
import dev.parley.conformance.language.Xml;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.wsdl.SoapVersion;
import java.net.URI;
import java.net.http.HttpRequest;
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
import java.util.function.Supplier;

/** Everything that has been seen in a case so far. */
final class Stage implements MockPartner.Ear, NodeBorders.Watch {
  final VirtualTime time;
  final Diary diary;
  final Bindings bindings = new Bindings();

  /** What the case has accounted for of what it found in the gateway. */
  final Set<InstanceId> knownInstances = new HashSet<>();

  final Set<MessageId> knownQueued = new HashSet<>();
  final Set<MessageId> knownDead = new HashSet<>();

  private final Post post;
  private final Set<Path> bundles = new LinkedHashSet<>();
  private final Map<String, MockPartner> partners = new HashMap<>();
  private final Map<String, Sent> sent = new LinkedHashMap<>();
  private final List<Arrival> unexpected = new ArrayList<>();
  private final List<MessageId> received = new ArrayList<>();
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
    var version =
        letter.soap().map(v -> v.equals("1.2") ? SoapVersion.SOAP_12 : SoapVersion.SOAP_11);
    var contracts = Contracts.SHARED;
    var target =
        version.isPresent()
            ? contracts.target(bundles, letter.process(), letter.operation(), version.get())
            : contracts.target(bundles, letter.process(), letter.operation());
    return Post.write(id, letter, target, base.get(), bindings.filling(request));
  }

  /** The same again, to where the gateway is now. */
  Sent again(String id, String of) {
    var first = sent(of);
    var to = base.get().resolve(first.request().uri().getPath());
    var request = HttpRequest.newBuilder(first.request(), (_, _) -> true).uri(to).build();
    return new Sent(id, first.operation(), first.body(), request);
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
                message.operation(), message.id(), message.body().map(Xml::text).orElse("")));
    post.send(
        message,
        () ->
            diary.note(
                "gateway",
                "case",
                "'%s' %s"
                    .formatted(message.id(), message.outcome().map(Object::toString).orElse(""))));
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

  synchronized List<MessageId> received() {
    return List.copyOf(received);
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
    String id = send.id();
    synchronized (this) {
      for (int i = 2; sent.containsKey(id); i++) {
        id = send.id() + "-" + i;
      }
    }
    send(write(id, send.letter(), request));
  }

  @Override
  public synchronized void received(Message message, Optional<Xml> body) {
    received.add(message.id());
    var bearer =
        sent.values().stream()
            .filter(s -> s.message().isEmpty() && s.outcome().isEmpty())
            .filter(s -> s.operation().equals(message.operation().operation()))
            .filter(s -> isSame(s.body(), body))
            .findFirst();
    bearer.ifPresent(s -> s.link(message.id()));
  }

  private static boolean isSame(Optional<Xml> sent, Optional<Xml> received) {
    if (sent.isEmpty() || received.isEmpty()) {
      return sent.isEmpty() && received.isEmpty();
    }
    return Comparison.difference(sent.get(), received.get(), new Bindings()).isEmpty();
  }

  @Override
  public synchronized void outbound(MessageId message) {
    outbound.add(message);
  }

  @Override
  public void dialling(String endpoint) {
    partners.values().stream()
        .filter(p -> p.address().equals(endpoint))
        .forEach(MockPartner::listen);
  }
}
