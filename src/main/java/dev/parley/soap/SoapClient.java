package dev.parley.soap;

import dev.parley.delivery.Attempt;
import dev.parley.delivery.Consignment;
import dev.parley.delivery.PartnerTransport;
import dev.parley.deployment.ServicePort;
import dev.parley.wsdl.SoapVersion;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.cxf.Bus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages to partners over HTTP (SOAP 1.1, section 6; SOAP 1.2 Part 2, section 7), each with
 * a {@code wsa:MessageID} that its repetitions keep.
 */
public final class SoapClient implements PartnerTransport, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SoapClient.class);
  private static final int MOST_ENDPOINTS = 1_000;

  private final Bus bus = CxfBus.create();
  private final long maxMessageBytes;
  private final Map<Key, PartnerEndpoint> endpoints = new RecentlyUsed();

  /** A host as it is written in addresses; CXF keeps its connections apart by it. */
  private record Key(SoapVersion version, String authority) {}

  /**
   * @param maxMessageBytes of a partner's answer
   */
  public SoapClient(long maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  @Override
  public boolean carries(String endpoint) {
    String address = endpoint.toLowerCase(Locale.ROOT);
    return address.startsWith("http://") || address.startsWith("https://");
  }

  @Override
  public Attempt send(Consignment consignment) {
    if (consignment.port() == null) {
      return Failures.withoutPort(consignment.endpoint());
    }
    try {
      return endpoint(consignment).exchange(consignment);
    } catch (Exception e) {
      LOG.debug("An attempt to reach {} failed", consignment.endpoint(), e);
      return Failures.of(e, consignment.endpoint());
    }
  }

  @Override
  public void close() {
    bus.shutdown(true);
  }

  private PartnerEndpoint endpoint(Consignment consignment) throws Exception {
    var uri = new URI(consignment.endpoint());
    String authority = uri.getScheme() + "://" + uri.getAuthority();
    var key = new Key(port(consignment).port().soapVersion(), authority);
    synchronized (endpoints) {
      return endpoints.computeIfAbsent(
          key, k -> new PartnerEndpoint(bus, k.version(), authority, maxMessageBytes));
    }
  }

  static ServicePort port(Consignment consignment) {
    return Objects.requireNonNull(consignment.port(), consignment.endpoint());
  }

  /** Partners may give any address to answer to: they must not fill the memory. */
  private static final class RecentlyUsed extends LinkedHashMap<Key, PartnerEndpoint> {
    private static final long serialVersionUID = 1L;

    RecentlyUsed() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, PartnerEndpoint> eldest) {
      return size() > MOST_ENDPOINTS;
    }
  }
}
