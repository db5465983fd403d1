package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Gateway;
import dev.parley.deployment.Bundles;
import dev.parley.expression.Value;
import dev.parley.message.Body;
import dev.parley.model.TestConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code tasks} against a whole gateway. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TasksCommandTest {
  private static final Path APPROVAL = Path.of("src/test/resources/dev/parley/http/approval");

  private static final String ORDER =
      "<order xmlns=\"urn:example:approval\" id=\"7\"><line price=\"3\"/><line"
          + " price=\"4\"/></order>";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private Gateway gateway;

  private final StringWriter out = new StringWriter();

  @BeforeEach
  void gateway_starts() throws Exception {
    var config = TestConfig.in(folder.resolve("data"), 10_000);
    gateway = Gateway.start(config, List.of(Bundles.read(APPROVAL)), _ -> {});
  }

  @AfterEach
  void gateway_stops() {
    gateway.close();
  }

  private int tasks(String... arguments) {
    var all = new ArrayList<>(List.of("tasks"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--to", gateway.address()));
    return Parley.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(out, true))
        .execute(all.toArray(String[]::new));
  }

  private int start(String... arguments) {
    var all = new ArrayList<>(List.of("start", "--to", gateway.address()));
    all.addAll(List.of(arguments));
    return Parley.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(out, true))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void a_process_is_started_with_data_or_refused() {
    assertThat(start("approval")).isEqualTo(1);
    assertThat(out.toString()).contains("HTTP 422", "Expected 'order', but it is absent");
    var data = JsonMapper.shared().writeValueAsString(Map.of("order", ORDER));
    assertThat(start("approval", "--data", data)).isZero();
    assertThat(out.toString()).contains("HTTP 201", "process: approval", "instance: ");
    assertThat(start("nothing")).isEqualTo(1);
    assertThat(start("approval", "--to", "nowhere")).isEqualTo(2);
  }

  @Test
  void tasks_are_listed_shown_and_completed() throws Exception {
    assertThat(tasks()).isZero();
    assertThat(out.toString()).contains("No user task waits.");
    var order = new TreeMap<>(Map.of("order", Value.xml(Body.of(ORDER))));
    var instance = gateway.startProcess("approval", order);

    assertThat(tasks()).isZero();
    var matcher = Pattern.compile(instance + "-[0-9]+").matcher(out.toString());
    assertThat(matcher.find()).isTrue();
    String task = matcher.group();
    assertThat(out.toString()).contains("TASK", task + "  approval  Approve the order  20");

    out.getBuffer().setLength(0);
    assertThat(tasks("--after", task)).isZero();
    assertThat(out.toString()).contains("No user task waits.");

    assertThat(tasks("show", task)).isZero();
    assertThat(out.toString()).contains("\"sum\":7");
    assertThat(tasks("complete", task)).isEqualTo(1);
    assertThat(out.toString()).contains("Expected 'approved', but it is absent");
    assertThat(tasks("complete", task, "--data", "{\"approved\": true}")).isZero();
    assertThat(out.toString()).contains("state: completed");
  }

  @Test
  void an_instance_is_suspended_and_goes_on() {
    start("approval", "--data", JsonMapper.shared().writeValueAsString(Map.of("order", ORDER)));
    var instance = out.toString().replaceAll("(?s).*instance: (\\S+).*", "$1");
    assertThat(instances("suspend", instance)).isZero();
    assertThat(out.toString()).contains("state: suspended");
    assertThat(instances("resume", instance)).isZero();
    assertThat(out.toString()).contains("state: running");
    assertThat(instances("resume", "06XZ3D3TM0400")).isEqualTo(1);
    assertThat(out.toString()).contains("HTTP 404", "There is no instance");
  }

  private int instances(String act, String instance) {
    return Parley.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(out, true))
        .execute("instances", act, instance, "--to", gateway.address());
  }
}
