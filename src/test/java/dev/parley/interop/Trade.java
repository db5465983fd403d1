package dev.parley.interop;

import ch.qos.logback.classic.Level;
import dev.parley.Gateway;
import dev.parley.Surroundings;
import dev.parley.config.Config;
import dev.parley.deployment.Bundles;
import dev.parley.finding.RefusedException;
import dev.parley.store.StoreUnusable;
import dev.parley.turn.Time;
import dev.parley.wsdl.SoapVersion;
import interop.desk.Desk;
import interop.desk.DeskService;
import interop.shop.Order;
import interop.shop.Payment;
import interop.shop.Shop;
import interop.shop.ShopService;
import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Endpoint;
import jakarta.xml.ws.WebServiceFeature;
import jakarta.xml.ws.soap.AddressingFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
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

/** A gateway that hosts {@code interop/trade}, with stock callers and stock partners around it. */
final class Trade implements AutoCloseable {
  private static final Path BUNDLE = Path.of("src/test/resources/interop/trade");

  static {
    // Read once, when CXF's first class is loaded.
    System.setProperty("org.apache.cxf.Logger", "org.apache.cxf.common.logging.Slf4jLogger");
    ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME))
        .setLevel(Level.WARN);
  }

  final StockWarehouse warehouse = new StockWarehouse();
  final StockCarrier carrier = new StockCarrier();

  private final Bus stock = BusFactory.newInstance().createBus();
  private final List<Endpoint> partners;
  private final Gateway gateway;

  Trade(Path data) throws StoreUnusable, RefusedException, IOException {
    String warehouseAddress = freeAddress("warehouse");
    String carrierAddress = freeAddress("carrier");
    useStockBus();
    partners =
        List.of(
            Endpoint.publish(warehouseAddress, warehouse, new AddressingFeature()),
            Endpoint.publish(carrierAddress, carrier));
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
            Map.of("warehouse", warehouseAddress, "carrier", carrierAddress));
    gateway =
        Gateway.start(
            config,
            List.of(Bundles.read(BUNDLE)),
            new Surroundings(Time.REAL, _ -> {}, new Surroundings.Borders() {}));
    useStockBus();
  }

  /** CXF's own bus, as whoever uses CXF has it; not the gateway's. */
  void useStockBus() {
    BusFactory.setThreadDefaultBus(stock);
    BusFactory.setDefaultBus(stock);
  }

  private static String freeAddress(String path) throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:%d/%s".formatted(socket.getLocalPort(), path);
    }
  }

  /** A proxy made from the contract that the gateway publishes. */
  Shop shop(SoapVersion version, WebServiceFeature... features) {
    var service = new ShopService(published("shop", port(version)));
    return version == SoapVersion.SOAP_11
        ? service.getShop11(features)
        : service.getShop12(features);
  }

  /** A proxy made from the contract in the bundle, told where the gateway is. */
  Shop shopByFile(SoapVersion version) {
    var service = new ShopService();
    var proxy = version == SoapVersion.SOAP_11 ? service.getShop11() : service.getShop12();
    ((BindingProvider) proxy)
        .getRequestContext()
        .put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, address("shop", port(version)));
    return proxy;
  }

  Desk desk(WebServiceFeature... features) {
    return new DeskService(published("desk", "desk")).getDesk(features);
  }

  private static String port(SoapVersion version) {
    return version == SoapVersion.SOAP_11 ? "shop11" : "shop12";
  }

  private String address(String process, String port) {
    return gateway.address() + "/services/" + process + "/" + port;
  }

  private URL published(String process, String port) {
    try {
      return URI.create(address(process, port) + "?wsdl").toURL();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Order order(String id, String article, int quantity) {
    var order = new Order();
    order.setOrderId(id);
    order.setArticle(article);
    order.setQuantity(BigInteger.valueOf(quantity));
    return order;
  }

  static Payment payment(String id, String amount) {
    var payment = new Payment();
    payment.setOrderId(id);
    payment.setAmount(new BigDecimal(amount));
    return payment;
  }

  @Override
  public void close() {
    gateway.close();
    partners.forEach(Endpoint::stop);
    stock.shutdown(true);
    BusFactory.clearDefaultBusForAnyThread(stock);
  }
}
