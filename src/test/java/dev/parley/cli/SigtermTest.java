package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigtermTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void a_gateway_that_is_asked_to_end_finishes_the_requests_under_way() throws Exception {
    try (var supplier = new DemoSupplier();
        var buyer = new DemoBuyer();
        var gateway = DemoGateway.start(folder, arguments(supplier))) {
      var address = gateway.address();
      var line = buyer.say(DemoBuyer.ORDER, address);
      buyer.say(DemoBuyer.PAYMENT, address).get(10, TimeUnit.SECONDS);
      buyer.say(DemoBuyer.ADDRESS, address).get(10, TimeUnit.SECONDS);
      assertThat(supplier.nextCall(10)).isNotNull();

      gateway.terminate();
      supplier.stopThinking();

      var answer = line.get(10, TimeUnit.SECONDS);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(SoapText.textOf("reservation", answer.body())).contains("R-1");
      gateway.stop();
      var audit = DemoAudit.of(folder.resolve("data"), new DemoAudit.SupplierBooks(2, 1));
      assertThat(audit).allMatch(Scene.Audited::isRight);
    }
  }

  private List<String> arguments(DemoSupplier supplier) {
    return List.of(
        "--port",
        "0",
        "--data",
        folder.resolve("data").toString(),
        "--partner",
        "supplier=" + supplier.address(),
        Path.of("patterns/order").toAbsolutePath().toString());
  }
}
