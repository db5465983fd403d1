package dev.parley.interop;

import ch.qos.logback.classic.Level;
import dev.parley.Gateway;
import dev.parley.Surroundings;
import dev.parley.config.Config;
import dev.parley.deployment.Bundles;
import dev.parley.finding.RefusedException;
import dev.parley.store.StoreUnusable;
import dev.parley.turn.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.cxf.Bus;
import org.apache.cxf.BusFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway that hosts a bundle of {@code interop}, and CXF as whoever uses it has it. */
final class Hosted implements AutoCloseable {
  private static final Path BUNDLES = Path.of("src/test/resources/interop");

  static {
    // Read once, when CXF's first class is loaded.
    System.setProperty("org.apache.cxf.Logger", "org.apache.cxf.common.logging.Slf4jLogger");
    ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME))
        .setLevel(Level.WARN);
  }

  private final Gateway gateway;
  private final Bus stock;

  private Hosted(Gateway gateway) {
    this.gateway = gateway;
    this.stock = BusFactory.newInstance().createBus();
    useStockBus();
  }

  /**
   * @param partners their addresses by participant
   */
  static Hosted start(Path data, String bundle, Map<String, String> partners)
      throws StoreUnusable, RefusedException, IOException {
    return start(data, bundle, partners, List.of());
  }

  /** The same, with addresses that replies may be sent to. */
  static Hosted start(
      Path data, String bundle, Map<String, String> partners, List<String> replyAddresses)
      throws StoreUnusable, RefusedException, IOException {
    var allowed = replyAddresses.stream().map(Hosted::origin).toList();
    var base = Config.DEFAULT;
    var config =
        new Config(
            base.host(),
            0,
            data,
            base.store(),
            null,
            base.maxMessageBytes(),
            true,
            Duration.ofSeconds(20),
            allowed,
            partners);
    return new Hosted(
        Gateway.start(
            config,
            List.of(Bundles.read(BUNDLES.resolve(bundle))),
            new Surroundings(Time.REAL, _ -> {}, new Surroundings.Borders() {})));
  }

  /** JAX-WS finds its bus by the thread; the gateway's own must not be it. */
  void useStockBus() {
    BusFactory.setDefaultBus(stock);
    BusFactory.setThreadDefaultBus(stock);
  }

  String address(String process, String port) {
    return gateway.address() + "/services/" + process + "/" + port;
  }

  /** The contract as the gateway publishes it. */
  URL published(String process, String port) {
    try {
      return URI.create(address(process, port) + "?wsdl").toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Scheme, host and port. */
  private static String origin(String address) {
    return address.substring(0, address.lastIndexOf('/'));
  }

  /** An address that nobody listens at yet. */
  static String freeAddress(String path) throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:%d/%s".formatted(socket.getLocalPort(), path);
    }
  }

  @Override
  public void close() {
    gateway.close();
    stock.shutdown(true);
    BusFactory.clearDefaultBusForAnyThread(stock);
  }
}
