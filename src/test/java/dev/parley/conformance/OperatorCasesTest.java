package dev.parley.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conformance.language.CaseReader;
import dev.parley.conformance.run.CaseRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases in which an operator configures the gateway, and replays what was collected. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class OperatorCasesTest {
  private static final String PAY =
      "<send operation='pay'><o:payment xmlns:o='urn:example:order'><o:orderId>4711</o:orderId>"
          + "<o:amount>38.50</o:amount></o:payment></send><expect-accepted to='pay'/>";
  private static final String EXPIRED = PAY + "<advance by='PT1H'/>";
  private static final String REPLAY =
      "<replay of='pay'/><expect-answer to='pay-replayed' status='202' state='queued'/>";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void a_dead_letter_is_replayed_and_waits_again() throws Exception {
    assertThat(played(EXPIRED + REPLAY + "<dead-letter count='0'/><queue count='1'/>")).isEmpty();
  }

  @Test
  void what_a_replay_leaves_in_the_queue_is_accounted_for() throws Exception {
    assertThat(played(EXPIRED + REPLAY))
        .contains("no message waiting in the queue that no step looked at");
  }

  @Test
  void a_replay_with_another_body_is_held_to_the_schema() throws Exception {
    String edited =
        "<replay of='pay' id='edited'><o:nonsense xmlns:o='urn:example:order'/></replay>"
            + "<expect-answer to='edited' status='422'/>";
    assertThat(played(EXPIRED + edited + "<dead-letter of='pay'/>")).isEmpty();
  }

  @Test
  void what_is_no_dead_letter_cannot_be_replayed() throws Exception {
    assertThat(played(PAY + "<queue of='pay'/>" + REPLAY)).contains("HTTP 202", "HTTP 404");
  }

  @Test
  void the_gateway_is_configured_as_its_file_says() throws Exception {
    String brief = "<settings><configuration>queue: {keepUnknown: PT5M}</configuration></settings>";
    String early = PAY + "<advance by='PT5M'/><dead-letter of='pay' reason='Expired'/>";
    assertThat(played(brief + early)).isEmpty();
    assertThat(played(early)).contains("dead letters 'pay' because of Expired");
  }

  @Test
  void a_configuration_that_the_gateway_would_refuse_fails_the_case() throws Exception {
    String wrong = "<settings><configuration>keepReply: PT5M</configuration></settings>";
    assertThat(played(wrong + PAY)).contains("keepReplies");
  }

  /** Why it failed; empty where it passed. */
  private String played(String steps) throws Exception {
    var bundle = Path.of("patterns/order").toAbsolutePath();
    var file = folder.resolve("case.xml");
    Files.writeString(
        file,
        "<case xmlns='urn:parley:conformance:1'><deploy bundle='%s'/>%s</case>"
            .formatted(bundle, steps));
    var played = new CaseReader(Path.of("")).read(List.of(file)).getFirst();
    return CaseRunner.inProcess().run(played).reason();
  }
}
