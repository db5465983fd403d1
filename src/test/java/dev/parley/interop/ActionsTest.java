package dev.parley.interop;

import static dev.parley.interop.Hosted.freeAddress;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import interop.echo.Echo;
import interop.echo.EchoService;
import interop.echo.Silent;
import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Endpoint;
import jakarta.xml.ws.soap.AddressingFeature;
import java.nio.file.Path;
import java.util.Map;
import org.apache.cxf.ws.addressing.AddressingProperties;
import org.apache.cxf.ws.addressing.JAXWSAConstants;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Actions of WS-Addressing 1.0 Metadata, section 4.4, as CXF reads them from the same contract. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActionsTest {
  private static final AddressingFeature REQUIRED = new AddressingFeature(true, true);

  private final StockWall wall = new StockWall();

  @SuppressWarnings("NullAway.Init")
  private Hosted hosted;

  @SuppressWarnings("NullAway.Init")
  private Endpoint partner;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    String address = freeAddress("wall");
    hosted = Hosted.start(data, "actions", Map.of("wall", address));
    partner = Endpoint.publish(address, wall, REQUIRED);
  }

  @AfterAll
  void stop() {
    partner.stop();
    hosted.close();
  }

  @BeforeEach
  void use_the_stock_bus() {
    hosted.useStockBus();
    wall.actions.clear();
  }

  @Test
  void an_action_is_made_up_from_port_type_and_operation() throws Exception {
    var echo = echo();
    assertThat(echo.plain("hello")).isEqualTo("hello");
    assertThat(action(echo)).isEqualTo("urn:interop:echo:Echo:plainResponse");
    assertThat(wall.actions).containsExactly("urn:interop:echo:Wall:plainRequest");
  }

  @Test
  void an_action_is_made_up_from_port_type_and_the_name_of_input_or_output() throws Exception {
    var echo = echo();
    assertThat(echo.named("hello")).isEqualTo("hello");
    assertThat(action(echo)).isEqualTo("urn:interop:echo:Echo:told");
  }

  @Test
  void an_action_that_the_contract_names_goes_first() throws Exception {
    var echo = echo();
    assertThat(echo.explicit("hello")).isEqualTo("hello");
    assertThat(action(echo)).isEqualTo("urn:interop:echo:out");
    assertThat(wall.actions).containsExactly("urn:interop:echo:boom");
  }

  @Test
  void the_action_of_a_fault_is_made_up_from_its_name() {
    var echo = echo();
    assertThatExceptionOfType(Silent.class).isThrownBy(() -> echo.plain("hush"));
    assertThat(action(echo)).isEqualTo("urn:interop:echo:Echo:plain:Fault:silent");
  }

  @Test
  void the_action_of_a_fault_that_the_contract_names_goes_first() {
    var echo = echo();
    assertThatExceptionOfType(Silent.class).isThrownBy(() -> echo.explicit("hush"));
    assertThat(action(echo)).isEqualTo("urn:interop:echo:none");
  }

  private Echo echo() {
    return new EchoService(hosted.published("echo", "echo")).getEcho(REQUIRED);
  }

  private static String action(Echo proxy) {
    var response = ((BindingProvider) proxy).getResponseContext();
    var properties =
        (AddressingProperties)
            requireNonNull(response.get(JAXWSAConstants.ADDRESSING_PROPERTIES_INBOUND));
    return properties.getAction().getValue();
  }
}
