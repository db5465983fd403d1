package dev.parley.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.deployment.Bundles;
import dev.parley.deployment.Deployer;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.Settings;
import dev.parley.expression.Expressions;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.Digest;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.store.SqliteStore;
import dev.parley.store.Store;
import dev.parley.turn.Batches.Pending;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SameBatchTest {
  private static final Path BUNDLE = Path.of("src/main/resources/dev/parley/conformance/crash");
  private static final QName INTERFACE = new QName("urn:parley:audit", "Audit");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @TempDir private Path data;

  private final AtomicLong ids = new AtomicLong();
  private ExecutableProcess process;

  @BeforeEach
  void compile() throws Exception {
    process =
        new Deployer(new Expressions(), Settings.DEFAULT)
            .compile(Bundles.read(BUNDLE))
            .processes()
            .getFirst();
  }

  @Test
  void two_messages_of_one_operation_and_key_in_one_batch_are_both_accepted() throws Exception {
    try (var store = SqliteStore.open(data)) {
      var batches = batches(store);
      assertThat(decide(batches, message("open", "<steps>2</steps>")))
          .containsOnly(Answer.ACCEPTED);

      var outcomes =
          decide(
              batches,
              message("step", "<sequence>1</sequence>"),
              message("step", "<sequence>2</sequence>"));

      assertThat(outcomes).containsExactly(Answer.ACCEPTED, Answer.ACCEPTED);
    }
  }

  private Batches batches(Store store) {
    var deployments = Deployments.NONE.with(List.of(new ProcessVersion(1, 1, process)));
    return new Batches(store, ids::incrementAndGet, () -> deployments);
  }

  private static List<Answer> decide(Batches batches, TurnInput... inputs) {
    var pending = Stream.of(inputs).map(i -> new Pending(i, new CompletableFuture<>())).toList();
    var prepared = batches.prepare(pending, null, NOON);
    batches.commit(prepared);
    batches.release(prepared);
    return pending.stream().map(p -> p.outcome().join()).toList();
  }

  private TurnInput message(String operation, String rest) {
    var id = new MessageId(ids.incrementAndGet());
    var body =
        "<%1$s xmlns=\"urn:parley:audit\"><key>k</key>%2$s</%1$s>".formatted(operation, rest);
    var message =
        new Message(
            id,
            process.key(),
            new OperationName(INTERFACE, operation),
            MessageKind.INPUT,
            Body.of(body),
            Headers.NONE,
            "");
    var identity = Digest.of("test", String.valueOf(id.value()));
    return new TurnInput.Arrival(
        message, List.of(identity), 1, Subscriptions.keys(process, message));
  }
}
