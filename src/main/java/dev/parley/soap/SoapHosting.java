package dev.parley.soap;

import dev.parley.deployment.ServicePort;
import dev.parley.message.Digest;
import dev.parley.turn.Door;
import dev.parley.turn.Hosting;
import dev.parley.turn.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.wsdl.Definition;
import javax.wsdl.WSDLException;
import javax.xml.namespace.QName;
import org.apache.cxf.Bus;
import org.apache.cxf.BusException;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;

/**
 * SOAP services over HTTP (SOAP 1.1, section 6; SOAP 1.2 Part 2, section 7), one address for each
 * port: {@code /services/{process}/{port}}.
 */
public final class SoapHosting implements Hosting, AutoCloseable {
  private final SoapSettings settings;
  private final Door door;
  private final Time time;
  private final Bus bus;
  private final CxfBus.Documents documents;
  private volatile Map<String, Hosted> hosted = Map.of();
  private long generation;

  /** An endpoint and the text of the document that it was made from. */
  private record Hosted(SoapEndpoint endpoint, Digest document) {
    boolean isFor(ServicePort port, Digest text) {
      return document.equals(text) && endpoint.port().equals(port);
    }
  }

  /** Callers wait for their answers by this time. */
  public SoapHosting(SoapSettings settings, Door door, Time time) {
    this.settings = settings;
    this.door = door;
    this.time = time;
    bus = CxfBus.create();
    try {
      documents = new CxfBus.Documents(bus);
    } catch (BusException e) {
      throw new IllegalStateException("CXF cannot read WSDL", e);
    }
  }

  /** What is to be mounted on an HTTP server; takes every request. */
  public Handler handler() {
    var context = new ServletContextHandler("/", false, false);
    var holder = new ServletHolder(new SoapServlet(services(), settings));
    // Callers wait on virtual threads; CXF prepares continuations for every message otherwise.
    holder.setAsyncSupported(false);
    context.addServlet(holder, "/*");
    return context;
  }

  /** The path at which a port is hosted. */
  public static String path(ServicePort port) {
    return port.path();
  }

  @Override
  public synchronized void host(List<ServicePort> ports) {
    var before = hosted;
    var now = new HashMap<String, Hosted>();
    try {
      for (var port : ports) {
        now.put(path(port), kept(before.get(path(port)), port));
      }
    } catch (RuntimeException e) {
      now.values().stream().filter(h -> !before.containsValue(h)).forEach(SoapHosting::close);
      throw e;
    }
    hosted = Map.copyOf(now);
    // Requests under way hold on to their endpoint and finish.
    before.values().stream().filter(h -> !now.containsValue(h)).forEach(SoapHosting::close);
  }

  /** When nothing is under way any more. */
  @Override
  public synchronized void close() {
    hosted.values().forEach(SoapHosting::close);
    hosted = Map.of();
    bus.shutdown(true);
  }

  private Hosted kept(@Nullable Hosted before, ServicePort port) {
    var text = text(port);
    return before != null && before.isFor(port, text) ? before : new Hosted(endpoint(port), text);
  }

  private SoapEndpoint endpoint(ServicePort port) {
    var chain =
        new SoapEndpoint.Chain(
            new Reception(port, settings), new DoorInvoker(door, time, settings.replyWithin()));
    String name = "/" + generation++ + path(port);
    return SoapEndpoint.host(bus, document(port), port, name, chain);
  }

  private Definition document(ServicePort port) {
    try {
      var document = documents.read(port.wsdl());
      SecurityPolicies.find(document).ifPresent(policy -> refuse(port, policy));
      return document;
    } catch (WSDLException | IOException e) {
      throw new IllegalStateException(
          "Cannot read %s: %s".formatted(port.wsdl(), e.getMessage()), e);
    }
  }

  private static void refuse(ServicePort port, QName policy) {
    throw new IllegalStateException(
        "Cannot host port '%s' of %s: it asks for %s, which the gateway cannot enforce. Remove the policy, and secure the transport."
            .formatted(port.port().name(), port.wsdl(), policy));
  }

  private SoapServlet.Services services() {
    return new SoapServlet.Services() {
      private final WsdlPages pages = new WsdlPages(bus);

      @Override
      public Optional<SoapEndpoint> at(String path) {
        return Optional.ofNullable(hosted.get(path)).map(Hosted::endpoint);
      }

      @Override
      public Optional<byte[]> page(SoapEndpoint endpoint, String base, String query) {
        return pages.page(endpoint, base, query, port -> sibling(endpoint.port(), port));
      }
    };
  }

  /** The path of another port of the same service, where the same process hosts it. */
  private Optional<String> sibling(ServicePort known, String port) {
    return hosted.values().stream()
        .map(h -> h.endpoint().port())
        .filter(p -> p.process().equals(known.process()))
        .filter(p -> p.port().service().equals(known.port().service()))
        .filter(p -> p.port().name().equals(port))
        .map(SoapHosting::path)
        .findFirst();
  }

  private static void close(Hosted hosted) {
    hosted.endpoint().close();
  }

  private static Digest text(ServicePort port) {
    try {
      return Digest.of(Files.readAllBytes(port.wsdl()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + port.wsdl(), e);
    }
  }
}
