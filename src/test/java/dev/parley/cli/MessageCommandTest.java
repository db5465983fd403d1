package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Gateway;
import dev.parley.deployment.Bundles;
import dev.parley.model.TestConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code parley message} against a running gateway. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MessageCommandTest {
  private static final Path STOCK = Path.of("src/test/resources/dev/parley/http/stock");

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Gateway gateway;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void gateway_starts() throws Exception {
    var config = TestConfig.in(folder.resolve("data"), 10_000);
    gateway = Gateway.start(config, List.of(Bundles.read(STOCK)), _ -> {});
  }

  @AfterEach
  void gateway_stops() {
    gateway.close();
  }

  private int message(String... arguments) {
    var all = new ArrayList<>(List.of("message"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--to", gateway.address()));
    return Parley.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void json_from_a_file_is_consumed() throws Exception {
    var file = Files.writeString(folder.resolve("wanted.json"), "{\"order\": 7}");
    assertThat(message("wanted", "--file", file.toString())).isZero();
    assertThat(out.toString()).contains("HTTP 200", "state: consumed", "process: shop");
  }

  @Test
  void an_early_message_is_queued_and_its_answer_printed_as_it_came() {
    assertThat(message("paid", "--key", "order=7", "--payload", "cash", "--json")).isZero();
    assertThat(out.toString()).startsWith("{\"message\":\"paid\"").contains("\"state\":\"queued\"");
  }

  @Test
  void a_refusal_is_a_failure() {
    assertThat(message("unheard")).isEqualTo(1);
    assertThat(out.toString()).contains("HTTP 404", "title: UnknownOperation", "remedy: ");
  }

  @Test
  void a_file_that_is_not_there_is_unusable_input() {
    assertThat(message("paid", "--file", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("expected a file that can be read");
  }
}
