package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Surroundings;
import dev.parley.conformance.language.Case;
import dev.parley.conformance.language.CaseReader;
import dev.parley.conformance.run.CaseResult;
import dev.parley.conformance.run.CaseRunner;
import dev.parley.delivery.Attempt;
import dev.parley.delivery.Consignment;
import dev.parley.delivery.PartnerTransport;
import dev.parley.finding.RefusedException;
import dev.parley.message.Answer;
import dev.parley.message.Body;
import dev.parley.message.FaultKind;
import dev.parley.message.Headers;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
import dev.parley.store.Batch;
import dev.parley.store.ReadSet;
import dev.parley.store.Rows.TimerRow;
import dev.parley.store.Store;
import dev.parley.store.StoreAround;
import dev.parley.turn.Door;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Gateways that go wrong in one way each, and the cases that must notice. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MutantTest {

  /**
   * A gateway that is wrong.
   *
   * @param noticing names of cases that must fail
   */
  record Mutant(String name, Supplier<Surroundings.Borders> borders, List<String> noticing) {
    Mutant(String name, Supplier<Surroundings.Borders> borders, String... noticing) {
      this(name, borders, List.of(noticing));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Mutant> mutants() {
    return List.of(
        new Mutant(
            "acknowledges a one-way message and drops it",
            () -> door((door, m) -> isPayment(m) ? accepted() : door.submit(m)),
            "happy-path",
            "early-messages",
            "late-payment"),
        new Mutant("takes every message twice", () -> door(MutantTest::twice), "unknown-expires"),
        new Mutant(
            "forgets identities",
            () -> door((door, m) -> door.submit(with(m, m.body(), Headers.NONE))),
            "duplicate-order",
            "duplicate-payment",
            "identity-reused"),
        new Mutant(
            "hands a message to another conversation",
            () -> door((door, m) -> door.submit(with(m, misaddressed(m), m.headers()))),
            "two-orders"),
        new Mutant(
            "answers with a fault of another kind",
            () -> door((door, m) -> door.submit(m).thenApply(MutantTest::blurred)),
            "late-payment",
            "second-order"),
        new Mutant(
            "never calls the partner, and says that it was answered",
            () -> transport((_, _) -> new Attempt.Replied(Body.of(RESERVED))),
            "happy-path",
            "partner-cuts"),
        new Mutant(
            "calls the partner twice",
            () ->
                transport(
                    (transport, c) -> {
                      var _ = transport.send(c);
                      return transport.send(c);
                    }),
            "happy-path",
            "two-orders"),
        new Mutant(
            "gives each attempt a message id of its own",
            () -> transport(MutantTest::renamed),
            "partner-cuts",
            "partner-silent"),
        new Mutant(
            "gives up after the first attempt",
            () ->
                transport(
                    (transport, c) ->
                        transport.send(c) instanceof Attempt.Failed(var why, boolean sure, var _)
                            ? new Attempt.Failed(why, sure, false)
                            : new Attempt.Replied(Body.of(RESERVED))),
            "partner-away",
            "partner-cuts"),
        new Mutant(
            "takes a partner's fault for an answer",
            () -> transport(MutantTest::pleased),
            "out-of-stock",
            "undeclared-fault"),
        new Mutant(
            "acknowledges before it has committed",
            () -> store(Forgetful::new),
            "crash-after-answer"),
        new Mutant("never rings a timer", () -> store(Deaf::new), "not-paid"),
        new Mutant("rings timers a second early", () -> store(Hasty::new), "not-paid"));
  }

  private static final String RESERVED =
      "<s:reserved"
          + " xmlns:s='urn:example:supplier'><s:reservation>R-1</s:reservation></s:reserved>";

  @ParameterizedTest
  @MethodSource("mutants")
  void a_wrong_gateway_is_noticed_by_every_case_that_must(Mutant mutant) throws Exception {
    var runner = CaseRunner.inProcess(mutant.borders());
    for (String name : mutant.noticing()) {
      CaseResult result = runner.run(named(name));
      assertThat(result.isFailed()).as("%s fails where it %s", name, mutant.name()).isTrue();
    }
  }

  private static Case named(String name) throws IOException, RefusedException {
    return new CaseReader(Path.of(""))
        .read(List.of(Path.of("conformance/order/%s.xml".formatted(name))))
        .getFirst();
  }

  /** Does with a message what it wants. */
  private interface Porter {
    CompletableFuture<Answer> submit(Door door, Message message);
  }

  /** Does with an attempt what it wants. */
  private interface Courier {
    Attempt send(PartnerTransport transport, Consignment consignment);
  }

  private static Surroundings.Borders door(Porter porter) {
    return new Surroundings.Borders() {
      @Override
      public Door around(Door door) {
        return new Door() {
          @Override
          public MessageId nextId() {
            return door.nextId();
          }

          @Override
          public CompletableFuture<Answer> submit(Message message) {
            return porter.submit(door, message);
          }

          @Override
          public CompletableFuture<Answer> abandon(MessageId exchange) {
            return door.abandon(exchange);
          }
        };
      }
    };
  }

  private static Surroundings.Borders transport(Courier courier) {
    return new Surroundings.Borders() {
      @Override
      public PartnerTransport around(PartnerTransport transport) {
        return new PartnerTransport() {
          @Override
          public boolean carries(String endpoint) {
            return transport.carries(endpoint);
          }

          @Override
          public Attempt send(Consignment consignment) {
            return courier.send(transport, consignment);
          }
        };
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

  private static boolean isPayment(Message message) {
    return message.operation().operation().equals("pay");
  }

  private static CompletableFuture<Answer> accepted() {
    return CompletableFuture.completedFuture(Answer.ACCEPTED);
  }

  private static CompletableFuture<Answer> twice(Door door, Message message) {
    var first = door.submit(message);
    var again =
        new Message(
            door.nextId(),
            message.process(),
            message.operation(),
            message.kind(),
            message.body(),
            Headers.NONE,
            message.sender());
    var _ = door.submit(again);
    return first;
  }

  private static Message with(Message message, Body body, Headers headers) {
    return new Message(
        message.id(),
        message.process(),
        message.operation(),
        message.kind(),
        body,
        headers,
        message.sender());
  }

  private static Body misaddressed(Message message) {
    String body = message.body().toString();
    return isPayment(message)
        ? Body.of(body.replace(">2</o:orderId>", ">1</o:orderId>"))
        : message.body();
  }

  private static Answer blurred(Answer answer) {
    return answer instanceof Answer.Faulted
        ? Answer.refused(FaultKind.QUEUE_FULL, "Too much", "Wait")
        : answer;
  }

  private static Attempt renamed(PartnerTransport transport, Consignment c) {
    var fresh = "urn:uuid:" + UUID.randomUUID();
    return transport.send(
        new Consignment(
            c.message(),
            c.port(),
            c.operation(),
            c.endpoint(),
            fresh,
            c.timeout(),
            c.fault(),
            c.given()));
  }

  private static Attempt pleased(PartnerTransport transport, Consignment consignment) {
    var attempt = transport.send(consignment);
    return attempt instanceof Attempt.Faulted ? new Attempt.Replied(Body.of(RESERVED)) : attempt;
  }

  /** Keeps what arrives in memory only. */
  private static final class Forgetful extends StoreAround {
    private final List<Batch> kept = new ArrayList<>();

    Forgetful(Store inner) {
      super(inner);
    }

    @Override
    public void commit(Batch batch, ReadSet reads) {
      boolean isDeployment = !batch.deployments().isEmpty();
      if (isDeployment || !batch.newInstances().isEmpty()) {
        super.commit(batch, reads);
      } else {
        kept.add(batch);
      }
    }
  }

  private static final class Deaf extends StoreAround {
    Deaf(Store inner) {
      super(inner);
    }

    @Override
    public List<TimerRow> dueTimers(Instant now, int limit) {
      return List.of();
    }
  }

  private static final class Hasty extends StoreAround {
    Hasty(Store inner) {
      super(inner);
    }

    @Override
    public List<TimerRow> dueTimers(Instant now, int limit) {
      return super.dueTimers(now.plus(Duration.ofSeconds(1)), limit);
    }
  }
}
