package dev.parley.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.Bundles;
import dev.parley.deployment.Deployer;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.Settings;
import dev.parley.engine.ProcessInstance.Status;
import dev.parley.expression.Expressions;
import dev.parley.message.Body;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.message.WireId;
import dev.parley.store.Rows.MessageState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model that docs/correlation.md has its examples from. */
@DisplayNameGeneration(ReplaceUnderscores.class)
// Most senders here do not look at their answer.
@SuppressWarnings("FutureReturnValueIgnored")
class ClaimsTest {
  private static final Path MODEL = Path.of("src/test/resources/correlation/claims");
  private static final String CLAIMS = "urn:example:claims";

  @TempDir Path folder;

  private static ExecutableProcess process() throws Exception {
    return new Deployer(new Expressions(), Settings.DEFAULT)
        .compile(Bundles.read(MODEL))
        .processes()
        .getFirst();
  }

  private static Message message(
      House house, String operation, String element, String content, Headers headers) {
    return new Message(
        new MessageId(house.ids().getAsLong()),
        "settle",
        new OperationName(new QName(CLAIMS, "Claims"), operation),
        MessageKind.INPUT,
        Body.of("<%1$s xmlns=\"%2$s\">%3$s</%1$s>".formatted(element, CLAIMS, content)),
        headers,
        "");
  }

  private static Message claim(House house, String number) {
    var content = "<number>%s</number><year>2030</year><text>Hail</text>".formatted(number);
    return message(house, "report", "claim", content, Headers.NONE);
  }

  private static Headers answering(House house, MessageId sent) {
    var wireId = WireId.of(house.store().storeId(), sent);
    return new Headers(null, wireId, null, null, null, null, Map.of(), null, List.of());
  }

  @Test
  void a_claim_is_settled_by_callback_by_our_file_and_by_answer() throws Exception {
    try (var house = House.of(folder, process())) {
      var claim = claim(house, "7");
      house.send(claim);
      var assessed = answering(house, house.outbound().getFirst().id());
      house.send(message(house, "assessed", "assessment", "<file>F1</file>", assessed));
      assertThat(house.waiting(claim)).containsExactly("written");
      house.send(message(house, "write", "letter", "<file> F1 </file>", Headers.NONE));
      assertThat(house.waiting(claim)).containsExactly("paid");
      var paid = answering(house, house.outbound().getFirst().id());
      house.send(message(house, "paid", "payout", "", paid));
      assertThat(house.instance(claim).status()).isEqualTo(Status.COMPLETED);
    }
  }

  @Test
  void the_callback_finds_the_claim_by_its_number_and_year_too() throws Exception {
    try (var house = House.of(folder, process())) {
      var claim = claim(house, "7");
      house.send(claim);
      var content = "<number>7</number><year>2030</year><file>F1</file>";
      var part = message(house, "assessed", "assessment", "<number>7</number>", Headers.NONE);
      house.send(part);
      assertThat(house.waiting(claim)).containsExactly("assess");
      house.send(message(house, "assessed", "assessment", content, Headers.NONE));
      assertThat(house.waiting(claim)).containsExactly("written");
    }
  }

  @Test
  void the_same_claim_again_waits_for_the_end_of_the_first() throws Exception {
    try (var house = House.of(folder, process())) {
      house.send(claim(house, "7"));
      var again = claim(house, "7");
      house.send(again);
      assertThat(house.state(again)).isEqualTo(MessageState.WAITING);
    }
  }

  @Test
  void what_the_document_shows_is_in_the_model() throws Exception {
    var model = collapsed(Files.readString(MODEL.resolve("claims.bpmn")));
    var document = Files.readString(Path.of("docs/correlation.md"));
    var examples =
        Pattern.compile("```xml\n(.*?)```", Pattern.DOTALL)
            .matcher(document)
            .results()
            .map(m -> collapsed(m.group(1)))
            .toList();
    assertThat(examples).hasSizeGreaterThan(5).allSatisfy(e -> assertThat(model).contains(e));
  }

  private static String collapsed(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }
}
