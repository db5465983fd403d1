package dev.parley.interop;

import interop.warehouse.OutOfStock;
import interop.warehouse.Shortage;
import interop.warehouse.Warehouse;
import jakarta.annotation.Resource;
import jakarta.jws.WebService;
import jakarta.xml.ws.BindingType;
import jakarta.xml.ws.WebServiceContext;
import jakarta.xml.ws.soap.SOAPBinding;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.cxf.ws.addressing.AddressingProperties;
import org.apache.cxf.ws.addressing.JAXWSAConstants;

/**
 * A partner by stock JAX-WS. It has no unicorns, fails over glass, and hands out what is slow when
 * it is let.
 */
@WebService(
    endpointInterface = "interop.warehouse.Warehouse",
    targetNamespace = "urn:interop:warehouse",
    serviceName = "WarehouseService",
    portName = "warehouse",
    wsdlLocation = "interop/trade/warehouse.wsdl")
@BindingType(SOAPBinding.SOAP12HTTP_BINDING)
public final class StockWarehouse implements Warehouse {
  final CountDownLatch asked = new CountDownLatch(1);
  final CountDownLatch let = new CountDownLatch(1);
  final BlockingQueue<AddressingProperties> addressed = new LinkedBlockingQueue<>();

  @Resource
  @SuppressWarnings("NullAway.Init")
  private WebServiceContext context;

  @Override
  public String reserve(String article, int quantity) throws OutOfStock {
    if (context.getMessageContext().get(JAXWSAConstants.ADDRESSING_PROPERTIES_INBOUND)
        instanceof AddressingProperties properties) {
      addressed.add(properties);
    }
    switch (article) {
      case "unicorn" -> throw new OutOfStock("no unicorns", shortage(article, quantity));
      case "glass" -> throw new IllegalStateException("broken");
      case "slow" -> awaitPermission();
      default -> {}
    }
    return article + " x " + quantity;
  }

  private void awaitPermission() {
    asked.countDown();
    try {
      if (!let.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nobody lets the warehouse go on");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Shortage shortage(String article, int missing) {
    var shortage = new Shortage();
    shortage.setArticle(article);
    shortage.setMissing(missing);
    return shortage;
  }
}
