package dev.parley.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.store.SqliteStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unusable input and surroundings: exit code 2, and one line that says what to do. */
class SurroundingsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void a_port_that_is_taken_is_named() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var run = run("--port", Integer.toString(taken.getLocalPort()), "patterns/order");

      isUnusable(
          run,
          "parley: Cannot listen on 127.0.0.1:%d: the address is in use by another program. Stop it, or configure another port."
              .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void a_port_that_cannot_be_one_is_refused() {
    isUnusable(
        run("--port", "70000"),
        "parley: --port: expected a port from 0 to 65535, but found 70000.");
  }

  @Test
  void a_partner_without_an_address_is_refused() {
    isUnusable(
        run("--partner", "supplier=shop"),
        "parley: --partner supplier: expected an address such as http://name:8080, but found"
            + " 'shop'.");
  }

  @Test
  void a_data_folder_that_another_gateway_holds_is_refused() throws Exception {
    try (var holder = SqliteStore.open(folder)) {
      assertThat(holder.bootId()).isPositive();

      isUnusable(
          run("patterns/order"),
          "parley: The data folder %s is in use by another gateway in this process; stop it, or give this gateway a folder of its own."
              .formatted(folder));
    }
  }

  @Test
  void a_store_of_a_newer_gateway_is_refused() throws Exception {
    SqliteStore.open(folder).close();
    var file = databaseIn(folder);
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("pragma user_version = 999");
    }

    var run = run("patterns/order");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "parley: %s has version 999, but this gateway knows versions up to".formatted(file))
        .hasLineCount(1);
  }

  @Test
  void a_data_folder_that_is_a_file_is_refused() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");

    var run = Ran.parley("run", "--data", file.toString(), "--port", "0", "patterns/order");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("parley: " + file + " cannot be written to")
        .endsWith("name another data folder, or change its rights.\n")
        .hasLineCount(1);
  }

  @Test
  void a_folder_that_is_missing_is_named() {
    isUnusable(
        run("no-such-folder"),
        "no-such-folder: error: Expected a folder, but there is none. [bundle.no-folder] Correct"
            + " the path, or create the folder.");
  }

  @Test
  void a_folder_without_a_bundle_is_named() throws IOException {
    var empty = Files.createDirectory(folder.resolve("empty"));

    isUnusable(
        run(empty.toString()),
        "%s: error: Expected a *.bpmn file in the folder or in one of its direct sub-folders, but found none. [bundle.no-model] Put the process model there, or name another folder."
            .formatted(empty));
  }

  @Test
  void a_bundle_is_refused_with_every_finding_as_a_compiler_does() throws IOException {
    var bundle = brokenOrder();

    var run = run(bundle.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines()).hasSizeGreaterThan(1).allMatch(l -> l.contains(": error: "));
    assertThat(Ran.parley("check", bundle.toString()).out().lines())
        .filteredOn(l -> l.contains(": error: "))
        .hasSameSizeAs(run.err().lines().toList());
  }

  @Test
  void a_bundle_that_is_refused_leaves_the_data_folder_free() throws Exception {
    run(brokenOrder().toString());

    SqliteStore.open(folder).close();
  }

  @Test
  void a_configuration_that_cannot_be_used_is_refused() throws IOException {
    var file = Files.writeString(folder.resolve("my.yaml"), "prot: 1\n");

    isUnusable(
        run("--config", file.toString()),
        "parley: %s:1: 'prot': there is no such key. Did you mean 'port'?".formatted(file));
  }

  @Test
  void an_option_that_does_not_exist_leads_to_the_help() {
    isUnusable(
        Ran.parley("run", "--prot", "1"),
        "parley: Unknown option: '--prot'; see 'parley run --help'.");
  }

  @Test
  void alone_it_says_how_it_is_used() {
    var alone = Ran.parley();

    assertThat(alone.exitCode()).isZero();
    assertThat(alone.out()).startsWith("Usage: parley").contains("demo", "run", "send", "check");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "run", "send", "check"})
  void every_command_has_help_with_examples_and_exit_codes(String command) {
    var help = Ran.parley(command, "--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("Examples:", "  parley " + command, "Exit codes:");
  }

  private Ran run(String... arguments) {
    var all = new ArrayList<>(List.of("run", "--data", folder.toString()));
    if (!List.of(arguments).contains("--port")) {
      all.addAll(List.of("--port", "0"));
    }
    all.addAll(List.of(arguments));
    return Ran.parley(all.toArray(String[]::new));
  }

  private static void isUnusable(Ran run, String line) {
    assertThat(run.err().lines()).containsExactly(line);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  private static Path databaseIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".db")).findFirst().orElseThrow();
    }
  }

  /** The order pattern with two mistakes in its model. */
  private Path brokenOrder() throws IOException {
    var bundle = Files.createDirectory(folder.resolve("broken"));
    for (String name : new String[] {"order.wsdl", "supplier.wsdl", "order.bpmn"}) {
      String text = Files.readString(Path.of("patterns/order", name));
      Files.writeString(
          bundle.resolve(name),
          text.replace("operationRef=\"tns:pay\"", "operationRef=\"tns:pya\"")
              .replace("operationRef=\"tns:deliverTo\"", "operationRef=\"tns:deliverToo\""));
    }
    return bundle;
  }
}
