package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.Gateway;
import dev.parley.config.Config;
import dev.parley.config.StoreSettings;
import dev.parley.deployment.Bundles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code parley conform}: what comes out, and how it ends. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConformCommandTest {
  private static final String ORDERS = "conformance/order";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @Test
  void all_passed() {
    var ran = conform(ORDERS, "--name", "duplicate-");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out())
        .containsSubsequence("✔ order/duplicate-order", "✔ order/duplicate-payment", "folder")
        .containsPattern("order +2 +0 +0 ");
  }

  @Test
  void a_case_that_fails_is_told_with_its_line_and_what_was_found() throws IOException {
    write("wrong-greeting", greeting("Good bye, world!"));
    write("right-greeting", greeting("Hello, world!"));

    var ran = conform(folder.resolve("suite").toString());

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out())
        .contains("✔ suite/right-greeting", "✘ suite/wrong-greeting")
        .contains("wrong-greeting.xml:4: wrong-greeting", "Good bye, world!", "Hello, world!");
  }

  @Test
  void cases_are_told_of_in_their_order_however_many_are_played_at_once() throws IOException {
    var names = new ArrayList<String>();
    for (int i = 1; i <= 6; i++) {
      names.add("case-" + i);
      // The first one takes longest.
      write("case-" + i, greeting("Hello, world!", 8 / i));
    }

    var json = json(conform(folder.resolve("suite").toString(), "--json", "--at-once", "6"));

    assertThat(json.get("cases").valueStream().map(c -> c.get("case").stringValue()))
        .containsExactlyElementsOf(names);
  }

  @Test
  void json_has_every_case_with_its_reason() throws IOException {
    write("right", greeting("Hello, world!"));
    write("wrong", greeting("Good bye, world!"));

    var ran = conform(folder.resolve("suite").toString(), "--json");

    assertThat(ran.exitCode()).isEqualTo(1);
    var json = json(ran);
    assertThat(json.get("passed").intValue()).isEqualTo(1);
    assertThat(json.get("failed").intValue()).isEqualTo(1);
    assertThat(json.get("notRun").intValue()).isZero();
    assertThat(json.get("cases").get(0).toString())
        .isEqualTo(
            "{\"folder\":\"suite\",\"case\":\"right\",\"result\":\"passed\",\"reason\":\"\"}");
    var wrong = json.get("cases").get(1);
    assertThat(wrong.get("result").stringValue()).isEqualTo("failed");
    assertThat(wrong.get("reason").stringValue()).contains("wrong.xml:4: expected a reply");
  }

  @Test
  void junit_has_a_test_case_for_each_and_says_what_failed() throws Exception {
    write("right", greeting("Hello, world!"));
    write("wrong", greeting("Good bye, world!"));
    var file = folder.resolve("report.xml");

    conform(folder.resolve("suite").toString(), "--junit", file.toString());

    var suite =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(file.toFile())
            .getDocumentElement();
    assertThat(List.of(suite.getAttribute("tests"), suite.getAttribute("failures")))
        .containsExactly("2", "1");
    var cases = suite.getElementsByTagName("testcase");
    assertThat(((Element) cases.item(0)).getAttribute("classname")).isEqualTo("suite");
    assertThat(((Element) cases.item(0)).getAttribute("name")).isEqualTo("right");
    assertThat(cases.item(0).getTextContent()).isEmpty();
    assertThat(cases.item(1).getTextContent()).contains("Good bye, world!", "so far");
  }

  @Test
  void against_a_gateway_that_runs_what_cannot_be_played_there_is_not_run_and_says_why()
      throws Exception {
    int port = freePort();
    var junit = folder.resolve("report.xml");
    try (var gateway = orders(port)) {
      var ran =
          conform(
              ORDERS,
              "--json",
              "--target",
              gateway.address(),
              "--partner",
              "supplier=" + port,
              "--patience",
              "PT5S",
              "--junit",
              junit.toString());

      assertThat(ran.exitCode()).as(ran.out()).isZero();
      var json = json(ran);
      assertThat(results(json, "passed")).containsExactly("late-payment", "not-xml");
      assertThat(results(json, "failed")).isEmpty();
      assertThat(results(json, "notRun")).hasSize(json.get("notRun").intValue());
      assertThat(reason(json, "partner-cuts"))
          .isEqualTo("it moves virtual time, which is possible in process only");
      assertThat(reason(json, "crash-before-commit")).startsWith("it ends the gateway's process");
      assertThat(reason(json, "happy-path")).startsWith("it looks into the gateway's store");
      assertThat(Files.readString(junit))
          .contains("skipped=\"%d\"".formatted(json.get("notRun").intValue()))
          .contains("<skipped message=\"it moves virtual time");
      assertThat(gateway.store().counts()).containsEntry("liveInstances", 0L);
    }
  }

  @Test
  void a_partner_without_a_port_is_not_played() throws Exception {
    try (var gateway = orders(freePort())) {
      var ran = conform(ORDERS, "--name", "late-payment", "--target", gateway.address());

      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.out())
          .contains("- order/late-payment", "--partner supplier=PORT", "No case was run");
    }
  }

  @Test
  void a_suite_of_which_nothing_could_be_run_is_no_success() throws Exception {
    try (var gateway = orders(freePort())) {
      var ran = conform(ORDERS, "--name", "crash-", "--json", "--target", gateway.address());

      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(json(ran).get("notRun").intValue()).isEqualTo(5);
    }
  }

  @Test
  void a_gateway_that_is_not_there_fails_the_cases() throws Exception {
    String nobody = "http://127.0.0.1:" + freePort();

    var ran = conform(ORDERS, "--name", "not-xml", "--target", nobody, "--patience", "PT0.1S");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).contains("✘ order/not-xml", "a broken connection");
  }

  @Test
  void input_that_cannot_be_used_says_what_was_expected() throws IOException {
    write("mistaken", "<expect-reply to='nobody'/>");
    String suite = folder.resolve("suite").toString();

    assertUnusable("case.message", "found 'nobody'", conform(suite));
    assertUnusable("case.no-folder", "there is none", conform("no-such-folder"));
    assertUnusable("--name", "none of", conform(ORDERS, "--name", "no-such-case"));
    assertUnusable("--target", "http://name:8080", conform(ORDERS, "--target", "here"));
    assertUnusable(
        "--patience",
        "ISO 8601",
        conform(ORDERS, "--target", "http://127.0.0.1:1", "--patience", "2 seconds"));
    assertUnusable("--at-once", "'-1'", conform(ORDERS, "--at-once", "-1"));
    assertUnusable("--junit", "folder", conform(ORDERS, "--junit", "no-such-folder/report.xml"));
  }

  private static void assertUnusable(String where, String expected, Ran ran) {
    assertThat(ran.err()).contains(where, expected);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.exitCode()).isEqualTo(2);
  }

  private static Ran conform(String... arguments) {
    var all = new ArrayList<>(List.of("conform"));
    all.addAll(List.of(arguments));
    return Ran.parley(all.toArray(String[]::new));
  }

  private static JsonNode json(Ran ran) {
    return JsonMapper.shared().readTree(ran.out());
  }

  private static List<String> results(JsonNode json, String result) {
    return json.get("cases")
        .valueStream()
        .filter(c -> c.get("result").stringValue().equals(result))
        .map(c -> c.get("case").stringValue())
        .toList();
  }

  private static String reason(JsonNode json, String name) {
    return json.get("cases")
        .valueStream()
        .filter(c -> c.get("case").stringValue().equals(name))
        .map(c -> c.get("reason").stringValue())
        .findFirst()
        .orElseThrow();
  }

  private void write(String name, String steps) throws IOException {
    var suite = Files.createDirectories(folder.resolve("suite"));
    Files.writeString(
        suite.resolve(name + ".xml"),
        "<case xmlns='urn:parley:conformance:1' xmlns:h='urn:hello'><deploy bundle='%s'/>%s</case>"
            .formatted(Path.of("conformance/soap-1.2/hello").toAbsolutePath(), steps));
  }

  private static String greeting(String expected) {
    return greeting(expected, 1);
  }

  private static String greeting(String expected, int times) {
    var steps = new StringBuilder();
    for (int i = 1; i <= times; i++) {
      steps.append(
          """

          <send id='greet-%d' operation='greet'><h:greet>world</h:greet></send>

          <expect-reply to='greet-%d'><h:greeting>%s</h:greeting></expect-reply>
          """
              .formatted(i, i, expected));
    }
    return steps.toString();
  }

  private Gateway orders(int supplier) throws Exception {
    var config =
        new Config(
            "127.0.0.1",
            0,
            folder.resolve("data"),
            StoreSettings.EMBEDDED,
            null,
            10_000,
            true,
            Duration.ofSeconds(30),
            List.of(),
            Map.of("supplier", "http://127.0.0.1:%d/supplier".formatted(supplier)));
    return Gateway.start(config, List.of(Bundles.read(Path.of("patterns/order"))), _ -> {});
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
