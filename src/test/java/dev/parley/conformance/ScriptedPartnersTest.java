package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Surroundings;
import dev.parley.conformance.language.CaseReader;
import dev.parley.conformance.run.CaseRunner;
import dev.parley.message.Answer;
import dev.parley.message.Message;
import dev.parley.message.MessageId;
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

/** Partners that send by themselves, and gateways that do not listen to them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ScriptedPartnersTest {
  private static final String ONE_BASKET =
      quote("B-1") + asked("B-1") + "%s<expect-accepted to='report'/>" + quoted("B-1");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void a_partner_calls_back_as_soon_as_it_has_accepted() throws Exception {
    assertThat(played("", ONE_BASKET.formatted(""), CaseRunner.inProcess())).isEmpty();
  }

  @Test
  void a_partner_calls_back_after_a_while_and_not_before() throws Exception {
    String later = "<advance by='PT5S'/>";
    String tooEarly = "<advance by='PT4.999S'/>";

    assertThat(played(" after='PT5S'", ONE_BASKET.formatted(later), CaseRunner.inProcess()))
        .isEmpty();
    assertThat(played(" after='PT5S'", ONE_BASKET.formatted(tooEarly), CaseRunner.inProcess()))
        .contains("case.xml:7: expected a message 'report', but found that it was not sent yet");
  }

  @Test
  void a_gateway_that_drops_the_callback_is_noticed() throws Exception {
    var runner = CaseRunner.inProcess(() -> door(Dropping::new));

    assertThat(played("", ONE_BASKET.formatted(""), runner))
        .contains("expected a reply to 'quote'", "still waits");
  }

  @Test
  void messages_in_any_order_are_each_expected_once() throws Exception {
    String both =
        "<concurrently>%s%s</concurrently>".formatted(quote("B-1"), quote("B-2"))
            + asked("B-2").replace("<expect-message", "<expect-message anyOrder='true'")
            + "%s<expect-accepted to='report'/><expect-accepted to='report-2'/>"
            + quoted("B-1")
            + quoted("B-2");
    String other = asked("B-1").replace("<expect-message", "<expect-message anyOrder='true'");

    assertThat(played("", both.formatted(other), CaseRunner.inProcess())).isEmpty();
    assertThat(played("", both.formatted(asked("B-2")), CaseRunner.inProcess()))
        .contains("a message at 'carrier'");
  }

  @Test
  void the_message_id_of_a_message_that_does_not_fit_is_not_kept() throws Exception {
    String any = "<expect-message anyOrder='true' messageId='${%s}'";
    String both =
        quote("B-1")
            + quote("B-2")
            + asked("B-2").replace("<expect-message", any.formatted("two"))
            + asked("B-1").replace("<expect-message", any.formatted("one"))
            + "<expect-accepted to='report'/><expect-accepted to='report-2'/>"
            + quoted("B-1")
            + quoted("B-2");

    assertThat(played("", both, CaseRunner.inProcess())).isEmpty();
  }

  private static String quote(String basket) {
    return "<send id='%s' process='quotationReceive' operation='quote'><q:basket><q:basketId>%s</q:basketId><q:weight>2</q:weight><q:price>30</q:price></q:basket></send>"
        .formatted(id(basket), basket);
  }

  private static String id(String basket) {
    return basket.equals("B-1") ? "quote" : "quote-2";
  }

  private static String asked(String basket) {
    return "<expect-message at='carrier' operation='requestRate'><c:rateRequest><c:basketId>%s</c:basketId><c:weight>2</c:weight></c:rateRequest></expect-message>"
        .formatted(basket);
  }

  private static String quoted(String basket) {
    return "<expect-reply to='%s'><q:quotation><q:basketId>%s</q:basketId><q:total>34.5</q:total><q:freight>4.50</q:freight><q:estimated>false</q:estimated></q:quotation></expect-reply>"
        .formatted(id(basket), basket);
  }

  /** Why it failed; empty where it passed. */
  private String played(String after, String steps, CaseRunner runner) throws Exception {
    var bundle = Path.of("patterns/compensate-missing-message").toAbsolutePath();
    var file = folder.resolve("case.xml");
    // The carrier is told in one operation, and reports in another.
    Files.writeString(
        file,
        """
        <case xmlns="urn:parley:conformance:1" xmlns:q="urn:example:quotation"
            xmlns:r="urn:example:rates" xmlns:c="urn:example:carrier">
          <deploy bundle="%s"/>
          <partner name="carrier"><accept><then%s><send process="quotationReceive" operation="report">
            <r:rate><r:basketId>${request.basketId}</r:basketId><r:freight>4.50</r:freight></r:rate>
          </send></then></accept></partner>
          %s
        </case>
        """
            .formatted(bundle, after, steps));
    var played = new CaseReader(Path.of("")).read(List.of(file)).getFirst();
    return runner.run(played).reason();
  }

  private static Surroundings.Borders door(UnaryOperator<Door> around) {
    return new Surroundings.Borders() {
      @Override
      public Door around(Door door) {
        return around.apply(door);
      }
    };
  }

  /** Acknowledges what a partner sends by itself, and forgets it. */
  private record Dropping(Door inner) implements Door {
    @Override
    public MessageId nextId() {
      return inner.nextId();
    }

    @Override
    public CompletableFuture<Answer> submit(Message message) {
      return isReport(message)
          ? CompletableFuture.completedFuture(Answer.ACCEPTED)
          : inner.submit(message);
    }

    @Override
    public CompletableFuture<Answer> abandon(MessageId exchange) {
      return inner.abandon(exchange);
    }
  }

  private static boolean isReport(Message message) {
    return message.operation().operation().equals("report");
  }
}
