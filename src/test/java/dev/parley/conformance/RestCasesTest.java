package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Surroundings;
import dev.parley.conformance.language.CaseReader;
import dev.parley.conformance.run.CaseRunner;
import dev.parley.message.Answer;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Batch;
import dev.parley.store.ReadSet;
import dev.parley.store.Store;
import dev.parley.store.StoreAround;
import dev.parley.turn.Door;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases that talk over REST, and gateways that answer them wrongly. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RestCasesTest {
  private static final String FLOW = "patterns/message-flow";
  private static final String APPROVAL = "src/test/resources/dev/parley/http/approval";
  private static final String COOK =
      "<send message='cook' idempotencyKey='k'><json>{\"table\": \"7\", \"dish\":"
          + " \"soup\"}</json></send>";
  private static final String COOKING = "<instances process='kitchen' count='1' state='live'/>";
  private static final String CONSUMED =
      "<expect-answer to='cook' status='200' state='consumed'><json>{\"message\": \"cook\","
          + " \"process\": \"kitchen\", \"id\": \"${id}\", \"state\": \"consumed\","
          + " \"instance\": \"${matches:[0-9A-Z]{13}}\"}</json></expect-answer>";
  private static final String TWICE =
      CONSUMED
          + "<duplicate of='cook'/><expect-answer to='cook-again' status='200'><json>{\"message\":"
          + " \"cook\", \"process\": \"kitchen\", \"id\": \"${id}\", \"state\": \"consumed\","
          + " \"instance\": \"${any}\"}</json></expect-answer>";
  private static final String START =
      "<start process='approval'><data name='order'><order xmlns='urn:example:approval' id='7'>"
          + "<line price='3'/></order></data></start><expect-answer to='approval' status='201'/>";
  private static final String APPROVE =
      "<complete task='approve'><data name='approved'><json>true</json></data></complete>";
  private static final String APPROVED =
      "<expect-answer to='approve' status='200' state='completed'/>";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void a_simple_message_is_answered_with_what_became_of_it() throws Exception {
    assertThat(played(FLOW, COOK + CONSUMED + COOKING)).isEmpty();
  }

  @Test
  void another_answer_than_the_expected_one_is_told_beside_it() throws Exception {
    assertThat(played(FLOW, COOK + CONSUMED.replace("\"kitchen\"", "\"cellar\"")))
        .contains("expected an answer to 'cook', HTTP 200, state consumed", "'process' is");
    assertThat(played(FLOW, COOK + "<expect-answer to='cook' state='queued'/>"))
        .contains("state queued", "but found HTTP 200");
    assertThat(played(FLOW, COOK + "<expect-answer to='cook' status='202'/>"))
        .contains("HTTP 202", "but found HTTP 200");
    assertThat(played(FLOW, COOK + "<expect-answer to='cook' problem='TooLate'/>"))
        .contains("problem TooLate", "but found HTTP 200");
  }

  @Test
  void a_gateway_that_drops_simple_messages_is_noticed() throws Exception {
    var runner = CaseRunner.inProcess(() -> door(Dropping::new));
    assertThat(played(FLOW, COOK + CONSUMED + COOKING, runner)).contains("state consumed");
  }

  @Test
  void a_gateway_that_forgets_idempotency_keys_is_noticed() throws Exception {
    assertThat(played(FLOW, COOK + TWICE + COOKING)).isEmpty();
    var runner = CaseRunner.inProcess(() -> door(Forgetting::new));
    assertThat(played(FLOW, COOK + TWICE + COOKING, runner)).contains("'cook-again'");
  }

  @Test
  void a_simple_message_that_nobody_expected_the_answer_of_fails_the_case() throws Exception {
    assertThat(played(FLOW, COOK + COOKING)).contains("nothing of 'cook' that no step expected");
  }

  @Test
  void a_partner_calls_back_over_rest() throws Exception {
    String steps =
        """
        <partner name="Warehouse"><accept><then><send message="cook"><json>{"table": "${request.orderId}", "dish": "soup"}</json></send></then></accept></partner>
        <send process="shop" operation="order"><s:wish xmlns:s="urn:example:teashop"><s:orderId>4</s:orderId><s:article>tea</s:article></s:wish></send>
        <expect-message at="Warehouse"/><expect-waiting to="order"/>
        <instance process="shop" waitingAt="wait"/>
        <instance process="kitchen" key="byTable=4"/>
        """
            + CONSUMED;
    assertThat(played(FLOW, steps)).isEmpty();
    assertThat(played(FLOW, steps, CaseRunner.inProcess(() -> door(Dropping::new)))).isNotEmpty();
  }

  @Test
  void a_process_is_started_with_data_and_its_user_task_completed() throws Exception {
    String waits = "<instance process='approval' waitingAt='approve'/>";
    String late =
        "<duplicate of='approve'/><expect-answer to='approve-again' status='410'"
            + " problem='TooLate'/>";
    assertThat(
            played(
                APPROVAL,
                START
                    + waits
                    + APPROVE
                    + APPROVED
                    + late
                    + "<instance process='approval' waitingAt='shelve'><data"
                    + " name='number'>F-7</data></instance>"))
        .isEmpty();
  }

  @Test
  void a_start_that_is_refused_is_expected_by_its_problem() throws Exception {
    assertThat(
            played(
                APPROVAL,
                "<start process='aprovl'/>"
                    + "<expect-answer to='aprovl' status='404' problem='UnknownOperation'/>"))
        .isEmpty();
  }

  @Test
  void a_gateway_that_forgets_what_it_started_is_noticed() throws Exception {
    var runner = CaseRunner.inProcess(() -> store(Forgetful::new));
    assertThat(played(APPROVAL, START + APPROVE + APPROVED, runner))
        .contains("expected one user task 'approve' that waits", "but found none");
  }

  private String played(String bundle, String steps) throws Exception {
    return played(bundle, steps, CaseRunner.inProcess());
  }

  /** Why it failed; empty where it passed. */
  private String played(String bundle, String steps, CaseRunner runner) throws Exception {
    var file = folder.resolve("case.xml");
    Files.writeString(
        file,
        "<case xmlns='urn:parley:conformance:1'><deploy bundle='%s'/>%s</case>"
            .formatted(Path.of(bundle).toAbsolutePath(), steps));
    return runner.run(new CaseReader(Path.of("")).read(List.of(file)).getFirst()).reason();
  }

  private static Surroundings.Borders door(UnaryOperator<Door> around) {
    return new Surroundings.Borders() {
      @Override
      public Door around(Door door) {
        return around.apply(door);
      }
    };
  }

  private static Surroundings.Borders store(UnaryOperator<Store> around) {
    return new Surroundings.Borders() {
      @Override
      public Store around(Store store) {
        return around.apply(store);
      }
    };
  }

  /** Acknowledges simple messages, and forgets them. */
  private record Dropping(Door inner) implements Door {
    @Override
    public MessageId nextId() {
      return inner.nextId();
    }

    @Override
    public CompletableFuture<Answer> submit(Message message) {
      return message.operation().isSimpleMessage()
          ? CompletableFuture.completedFuture(Answer.ACCEPTED)
          : inner.submit(message);
    }

    @Override
    public CompletableFuture<Answer> abandon(MessageId exchange) {
      return inner.abandon(exchange);
    }
  }

  /** Takes every message for a new one. */
  private record Forgetting(Door inner) implements Door {
    @Override
    public MessageId nextId() {
      return inner.nextId();
    }

    @Override
    public CompletableFuture<Answer> submit(Message message) {
      return inner.submit(
          new Message(
              message.id(),
              message.process(),
              message.operation(),
              message.kind(),
              message.body(),
              Headers.NONE,
              message.sender()));
    }

    @Override
    public CompletableFuture<Answer> abandon(MessageId exchange) {
      return inner.abandon(exchange);
    }
  }

  /** Keeps deployments only. */
  private static final class Forgetful extends StoreAround {
    Forgetful(Store inner) {
      super(inner);
    }

    @Override
    public void commit(Batch batch, ReadSet reads) {
      if (!batch.deployments().isEmpty()) {
        super.commit(batch, reads);
      }
    }
  }
}
