package dev.parley.soap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.finding.Location;
import dev.parley.message.Body;
import dev.parley.message.Fault;
import dev.parley.message.MessageExchangePattern;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.wsdl.FaultType;
import dev.parley.wsdl.MessageType;
import dev.parley.wsdl.Operation;
import java.util.List;
import javax.xml.namespace.QName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WS-Addressing 1.0 Metadata, section 4.4; the names are those of WSDL 1.1, section 2.4.5. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ActionsTest {
  @ParameterizedTest
  @CsvSource({
    "IN_ONLY, urn:p, urn:p:T:o, ",
    "ROBUST_IN_ONLY, urn:p, urn:p:T:o, ",
    "IN_OUT, urn:p, urn:p:T:oRequest, urn:p:T:oResponse",
    "IN_OPT_OUT, http://p, http://p/T/oRequest, http://p/T/oResponse",
    "OUT_ONLY, http://p/, , http://p/T/o",
    "OUT_IN, http://p, http://p/T/oResponse, http://p/T/oSolicit",
  })
  void an_action_is_made_up_from_names(
      MessageExchangePattern pattern,
      String namespace,
      @Nullable String input,
      @Nullable String output) {
    var operation = operation(pattern, namespace, null, null);
    if (input != null) {
      assertThat(Actions.of(operation, MessageKind.INPUT)).isEqualTo(input);
    }
    if (output != null) {
      assertThat(Actions.of(operation, MessageKind.OUTPUT)).isEqualTo(output);
    }
  }

  @Test
  void a_label_stands_for_the_operation_s_name() {
    var operation = operation(MessageExchangePattern.IN_OUT, "urn:p", "asked", null);
    assertThat(Actions.first(operation, "")).isEqualTo("urn:p:T:asked");
    assertThat(Actions.reply(operation)).isEqualTo("urn:p:T:asked");
    assertThat(fault(operation)).isEqualTo("urn:p:T:o:Fault:no");
  }

  @ParameterizedTest
  @CsvSource({
    "urn:bound, urn:own, urn:own",
    "urn:bound, , urn:bound",
    "'', urn:own, urn:own",
    "'', , urn:p:T:asked",
  })
  void what_the_port_type_says_goes_before_what_the_binding_says(
      String soapAction, @Nullable String own, String action) {
    var operation = operation(MessageExchangePattern.IN_OUT, "urn:p", "asked", own);
    assertThat(Actions.first(operation, soapAction)).isEqualTo(action);
  }

  @Test
  void replies_and_faults_have_the_action_that_the_port_type_says() {
    var operation = operation(MessageExchangePattern.OUT_IN, "urn:p", null, "urn:own");
    assertThat(Actions.reply(operation)).isEqualTo("urn:own");
    assertThat(fault(operation)).isEqualTo("urn:own");
  }

  private static String fault(Operation operation) {
    var fault = new Fault.Declared(new QName("urn:p", "no"), Body.EMPTY, "no");
    return Actions.of(operation, fault, AddressingVersion.CORE);
  }

  /** Every message has the same label and action. */
  private static Operation operation(
      MessageExchangePattern pattern,
      String namespace,
      @Nullable String label,
      @Nullable String action) {
    var message = new MessageType(new QName(namespace, "m"), null, label, action);
    return new Operation(
        new OperationName(new QName(namespace, "T"), "o"),
        pattern,
        message,
        message,
        List.of(new FaultType("no", message)),
        Location.of("p.wsdl"));
  }
}
