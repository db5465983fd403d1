package dev.parley.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.deployment.Bundles;
import dev.parley.deployment.Deployer;
import dev.parley.deployment.Settings;
import dev.parley.expression.Expressions;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.SqliteStore;
import dev.parley.store.StoreUnusable;
import dev.parley.turn.Deployments;
import dev.parley.turn.ProcessVersion;
import dev.parley.turn.Time;
import dev.parley.turn.TurnInput;
import dev.parley.turn.Turns;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A buyer and a seller that are both hosted here talk to each other without a wire. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ProcessTransportTest {
  private static final Path FILES = Path.of("src/test/resources/dev/parley/delivery/trade");
  private static final String TRADE = "urn:example:trade";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private final List<ProcessVersion> versions = new ArrayList<>();

  /** What an attempt's outcome is turned into before the sender hears of it. */
  private UnaryOperator<Attempt> line = UnaryOperator.identity();

  private final List<Consignment> attempts = new CopyOnWriteArrayList<>();

  @BeforeEach
  void both_pools_in_one_file() throws Exception {
    deploy("trade", UnaryOperator.identity());
  }

  private void deploy(String name, UnaryOperator<String> edit) throws Exception {
    deploy(name, edit, Settings.DEFAULT);
  }

  private void deploy(String name, UnaryOperator<String> edit, Settings settings) throws Exception {
    var bundle = Files.createDirectories(folder.resolve(name));
    Files.copy(FILES.resolve("trade.wsdl"), bundle.resolve("trade.wsdl"));
    var model = Files.readString(FILES.resolve("trade.bpmn"));
    Files.writeString(bundle.resolve("trade.bpmn"), edit.apply(model));
    var compiled = new Deployer(new Expressions(), settings).compile(Bundles.read(bundle));
    for (var process : compiled.processes()) {
      versions.add(new ProcessVersion(versions.size() + 1, 1, process));
    }
  }

  /** Buyer and seller in bundles of their own, which know each other by interface only. */
  private void two_bundles(Settings buyers) throws Exception {
    versions.clear();
    deploy("buyers", model -> without(model, "seller", "Seller"), buyers);
    deploy("sellers", model -> without(model, "buyer", "Buyer"));
  }

  private static String without(String model, String process, String pool) {
    return model
        .replaceAll("(?s)  <process id=\"%s\".*?</process>".formatted(process), "")
        .replaceAll("    <messageFlow [^>]*/>", "")
        .replace(
            " processRef=\"tns:%s\"/>".formatted(process),
            "><interfaceRef>tns:%s</interfaceRef></participant>".formatted(pool));
  }

  /** One boot of a gateway without a wire. */
  private final class Office implements AutoCloseable {
    private final SqliteStore store = open();
    private final Turns turns = new Turns(store, Time.REAL, Turns.Limits.DEFAULT);
    private final PartnerTransport processes =
        new ProcessTransport(turns, true, Duration.ofSeconds(60), Time.REAL);
    private final OutboxRelay relay =
        new OutboxRelay(turns, List.of(transport()), Time.REAL, _ -> {});

    Office() {
      turns.use(Deployments.NONE.with(versions));
      relay.remind((id, _) -> Thread.ofPlatform().start(() -> relay.redeliver(id)));
      turns.listen(relay);
      turns.start();
    }

    private SqliteStore open() {
      try {
        return SqliteStore.open(folder.resolve("data"));
      } catch (StoreUnusable e) {
        throw new IllegalStateException(e);
      }
    }

    private PartnerTransport transport() {
      return new PartnerTransport() {
        @Override
        public boolean carries(String endpoint) {
          return processes.carries(endpoint);
        }

        @Override
        public Attempt send(Consignment consignment) {
          attempts.add(consignment);
          return line.apply(processes.send(consignment));
        }
      };
    }

    CompletableFuture<Answer> send(String process, String operation, String content) {
      var service = new QName(TRADE, process.equals("buyer") ? "Buyer" : "Seller");
      return turns.submit(
          new Message(
              turns.nextId(),
              process,
              new OperationName(service, operation),
              MessageKind.INPUT,
              body(operation, content),
              Headers.NONE,
              ""));
    }

    /** What an earlier boot had to send is sent. */
    void takeOver() {
      try (var sweep = new OutboxSweep(turns, relay, Time.REAL)) {
        sweep.start();
      }
    }

    /** Turns are made until it is so. */
    void until(BooleanSupplier condition) {
      for (int i = 0; i < 20_000 && !condition.getAsBoolean(); i++) {
        turns.submit(new TurnInput.Expired(List.of())).join();
      }
      assertThat(condition.getAsBoolean()).isTrue();
    }

    long count(String table) {
      return Objects.requireNonNull(store.counts().get(table), table);
    }

    List<OutboxRow> pending() {
      return store.dueOutbox(Instant.ofEpochMilli(Long.MAX_VALUE), 100);
    }

    @Override
    public void close() {
      relay.close();
      turns.close();
      store.close();
    }
  }

  private static Body body(String element, String content) {
    return Body.of("<%1$s xmlns=\"%2$s\">%3$s</%1$s>".formatted(element, TRADE, content));
  }

  private static String reply(CompletableFuture<Answer> outcome) throws Exception {
    return outcome.get(30, TimeUnit.SECONDS).toString();
  }

  private static String id(String id) {
    return "<id>" + id + "</id>";
  }

  @Test
  void two_pools_of_one_file_ask_order_and_confirm() throws Exception {
    try (var office = new Office()) {
      var done = office.send("buyer", "begin", id("7"));
      office.until(() -> attempts.size() == 2);
      var _ = office.send("seller", "go", id("7"));
      assertThat(reply(done)).contains("7").contains("amount>5<");
      assertThat(attempts.stream().map(Consignment::endpoint))
          .containsExactly(
              "urn:parley:process:seller", "urn:parley:process:seller", "urn:parley:process:buyer");
      office.until(() -> office.pending().isEmpty());
    }
  }

  @Test
  void a_message_that_is_early_waits_for_its_receive() throws Exception {
    try (var office = new Office()) {
      var done = office.send("buyer", "begin", id("7"));
      // The order is there, and the seller does not yet receive it.
      office.until(() -> office.count("waitingMessages") == 1 && office.pending().isEmpty());
      assertThat(done).isNotDone();
      var _ = office.send("seller", "go", id("7"));
      assertThat(reply(done)).contains("amount>5<");
    }
  }

  @Test
  void a_declared_fault_of_one_process_is_the_error_of_the_other() throws Exception {
    try (var office = new Office()) {
      assertThat(reply(office.send("buyer", "begin", id("none")))).contains("unknown");
    }
  }

  @Test
  void what_is_sent_again_has_its_effect_once() throws Exception {
    var lost = new Attempt.Failed("the answer was lost", false, true);
    line = attempt -> attempts.size() <= 2 ? lost : attempt;
    try (var office = new Office()) {
      var done = office.send("buyer", "begin", id("7"));
      office.until(() -> office.count("waitingMessages") == 1 && office.pending().isEmpty());
      var _ = office.send("seller", "go", id("7"));
      assertThat(reply(done)).contains("amount>5<");
      assertThat(attempts.stream().map(Consignment::wireId).distinct()).hasSize(3);
      assertThat(attempts).hasSizeGreaterThan(3);
      assertThat(office.count("instances")).isEqualTo(2);
    }
  }

  @Test
  void a_crash_after_the_receivers_commit_and_before_the_senders_is_no_second_effect()
      throws Exception {
    MessageId sent;
    try (var office = new Office()) {
      line =
          attempt -> {
            // The gateway ends before the sender hears of it.
            office.turns.close();
            return attempt;
          };
      var _ = office.send("buyer", "begin", id("7"));
      office.until(() -> !attempts.isEmpty());
      sent = office.pending().getFirst().id();
    }
    line = UnaryOperator.identity();
    try (var office = new Office()) {
      office.takeOver();
      office.until(() -> office.count("waitingMessages") == 1);
      assertThat(attempts.get(1).message().id()).isEqualTo(sent);
      assertThat(office.count("instances")).isEqualTo(2);
    }
  }

  @Test
  void a_process_of_another_bundle_that_provides_the_interface_is_the_partner() throws Exception {
    two_bundles(Settings.DEFAULT);
    try (var office = new Office()) {
      var done = office.send("buyer", "begin", id("7"));
      var _ = office.send("seller", "go", id("7"));
      assertThat(reply(done)).contains("amount>5<");
      assertThat(attempts.getFirst().endpoint()).isEqualTo("urn:parley:process:seller");
    }
  }

  @Test
  void a_configured_address_comes_before_a_process_of_another_bundle() throws Exception {
    two_bundles(
        Settings.of(Map.of("Seller", "urn:parley:process:elsewhere"), Settings.DEFAULT.address()));
    try (var office = new Office()) {
      var _ = office.send("buyer", "begin", id("7"));
      office.until(() -> attempts.size() == 1);
      assertThat(attempts.getFirst().endpoint()).isEqualTo("urn:parley:process:elsewhere");
    }
  }

  @Test
  void a_partner_that_is_not_deployed_any_more_is_a_failed_delivery() throws Exception {
    try (var office = new Office()) {
      office.turns.use(
          Deployments.NONE.with(
              versions.stream().filter(v -> v.process().key().equals("buyer")).toList()));
      var answer = reply(office.send("buyer", "begin", id("7")));
      assertThat(answer).contains("PROCESS_FAILED");
      assertThat(office.store.incidents(10).toString()).contains("No process 'seller' is deployed");
    }
  }

  @Test
  void a_message_flow_to_a_process_that_does_not_receive_the_operation_is_refused() {
    assertThatThrownBy(
            () ->
                deploy(
                    "deaf",
                    model ->
                        model.replace(
                            "id=\"ordered\" messageRef=\"tns:orderMessage\"",
                            "id=\"ordered\" messageRef=\"tns:goMessage\"")))
        .hasMessageContaining("deployment.not-received")
        .hasMessageContaining("'ordering'");
  }

  @Test
  void a_simple_message_that_no_message_flow_carries_is_refused() throws Exception {
    var stock = Files.createDirectories(folder.resolve("stock"));
    var model = Files.readString(Path.of("src/test/resources/dev/parley/http/stock/stock.bpmn"));
    Files.writeString(
        stock.resolve("stock.bpmn"), model.replaceFirst("    <messageFlow [^>]*/>", ""));
    var bundle = Bundles.read(stock);
    var deployer = new Deployer(new Expressions(), Settings.DEFAULT);
    assertThatThrownBy(() -> deployer.compile(bundle))
        .hasMessageContaining("deployment.no-endpoint")
        .hasMessageContaining("'shipping'");
  }
}
