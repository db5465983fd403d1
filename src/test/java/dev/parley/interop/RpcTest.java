package dev.parley.interop;

import static dev.parley.interop.Hosted.freeAddress;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import interop.ledger.Entry;
import interop.ledger.Ledger;
import interop.ledger.LedgerService;
import interop.ledger.NotBooked;
import jakarta.xml.ws.Endpoint;
import jakarta.xml.ws.Holder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** rpc/literal and declared header blocks, with a stock caller and a stock partner. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RpcTest {
  private final StockBank bank = new StockBank();

  @SuppressWarnings("NullAway.Init")
  private Hosted hosted;

  @SuppressWarnings("NullAway.Init")
  private Endpoint partner;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    String address = freeAddress("bank");
    hosted = Hosted.start(data, "ledger", Map.of("bank", address));
    partner = Endpoint.publish(address, bank);
  }

  @AfterAll
  void stop() {
    partner.stop();
    hosted.close();
  }

  @BeforeEach
  void use_the_stock_bus() {
    hosted.useStockBus();
  }

  @Test
  void parts_and_header_blocks_travel_both_ways() throws Exception {
    var receipt = new Holder<String>();
    var number = new Holder<Integer>();
    ledger().book("a session", entry("20"), "rent", receipt, number);
    assertThat(number.value).isEqualTo(4);
    assertThat(receipt.value).isEqualTo("R-4");
  }

  @Test
  void a_fault_of_the_partner_becomes_a_fault_of_the_process() {
    var ledger = ledger();
    assertThatExceptionOfType(NotBooked.class)
        .isThrownBy(
            () -> ledger.book("a session", entry("101"), "x", new Holder<>(), new Holder<>()))
        .satisfies(e -> assertThat(e.getFaultInfo()).isEqualTo("1 short"));
  }

  @Test
  void a_one_way_message_is_handed_on() throws Exception {
    ledger().remark("well done");
    @Nullable String told = bank.told.poll(20, TimeUnit.SECONDS);
    assertThat(told).isEqualTo("well done");
  }

  private Ledger ledger() {
    return new LedgerService(hosted.published("ledger", "ledger")).getLedger();
  }

  private static Entry entry(String amount) {
    var entry = new Entry();
    entry.setAccount("4711");
    entry.setAmount(new BigDecimal(amount));
    return entry;
  }
}
