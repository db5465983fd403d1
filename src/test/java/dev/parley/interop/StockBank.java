package dev.parley.interop;

import interop.ledger.Bank;
import interop.ledger.Entry;
import interop.ledger.NotCovered;
import jakarta.jws.WebService;
import java.math.BigDecimal;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A partner by stock JAX-WS, in rpc/literal: it transfers a hundred at most. */
@WebService(
    endpointInterface = "interop.ledger.Bank",
    targetNamespace = "urn:interop:ledger",
    serviceName = "BankService",
    portName = "bank",
    wsdlLocation = "interop/ledger/ledger.wsdl")
public final class StockBank implements Bank {
  private static final BigDecimal MOST = new BigDecimal(100);

  final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @Override
  public int transfer(Entry entry, String purpose) throws NotCovered {
    if (entry.getAmount().compareTo(MOST) > 0) {
      throw new NotCovered("too much", entry.getAmount().subtract(MOST));
    }
    return purpose.length();
  }

  @Override
  public void inform(String text) {
    told.add(text);
  }
}
