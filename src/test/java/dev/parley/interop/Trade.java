package dev.parley.interop;

import static dev.parley.interop.Hosted.freeAddress;

import dev.parley.finding.RefusedException;
import dev.parley.store.StoreUnusable;
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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A gateway that hosts {@code interop/trade}, with stock callers and stock partners around it. */
final class Trade implements AutoCloseable {
  final StockWarehouse warehouse = new StockWarehouse();
  final StockCarrier carrier = new StockCarrier();

  private final Hosted hosted;
  private final List<Endpoint> partners;

  /**
   * @param replyAddresses that replies may be sent to
   */
  Trade(Path data, String... replyAddresses) throws StoreUnusable, RefusedException, IOException {
    String warehouseAddress = freeAddress("warehouse");
    String carrierAddress = freeAddress("carrier");
    hosted =
        Hosted.start(
            data,
            "trade",
            Map.of("warehouse", warehouseAddress, "carrier", carrierAddress),
            List.of(replyAddresses));
    partners =
        List.of(
            Endpoint.publish(warehouseAddress, warehouse, new AddressingFeature()),
            Endpoint.publish(carrierAddress, carrier));
  }

  void useStockBus() {
    hosted.useStockBus();
  }

  /** A proxy made from the contract that the gateway publishes. */
  Shop shop(SoapVersion version, WebServiceFeature... features) {
    var service = new ShopService(hosted.published("shop", port(version)));
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
        .put(BindingProvider.ENDPOINT_ADDRESS_PROPERTY, hosted.address("shop", port(version)));
    return proxy;
  }

  Desk desk(WebServiceFeature... features) {
    return new DeskService(hosted.published("desk", "desk")).getDesk(features);
  }

  private static String port(SoapVersion version) {
    return version == SoapVersion.SOAP_11 ? "shop11" : "shop12";
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
    partners.forEach(Endpoint::stop);
    hosted.close();
  }
}
