package dev.parley.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.expression.Expressions;
import dev.parley.finding.Finding;
import dev.parley.finding.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A copy of the good bundle {@code orders}, some of its text changed. */
record BundleUnderTest(Path root) {
  static final Path ORDERS = Path.of("src/test/resources/deployment/orders");

  static BundleUnderTest orders(Path folder) throws IOException {
    var root = Files.createDirectories(folder.resolve("orders"));
    for (var file : List.of("orders.bpmn", "orders.wsdl", "bank.wsdl")) {
      Files.copy(ORDERS.resolve(file), root.resolve(file));
    }
    return new BundleUnderTest(root);
  }

  BundleUnderTest replacing(String file, String old, String text) throws IOException {
    var path = root.resolve(file);
    var content = Files.readString(path);
    assertThat(content).contains(old);
    int at = content.indexOf(old);
    Files.writeString(path, content.substring(0, at) + text + content.substring(at + old.length()));
    return this;
  }

  Bundle read() throws IOException, RefusedException {
    return Bundles.read(root);
  }

  Deployable compile() throws IOException, RefusedException {
    return compile(Settings.DEFAULT);
  }

  Deployable compile(Settings settings) throws IOException, RefusedException {
    return new Deployer(new Expressions(), settings).compile(read());
  }

  /** What the bundle is refused with. */
  List<Finding> findings() throws IOException {
    var refused = catchThrowableOfType(RefusedException.class, this::compile);
    assertThat(refused).as("refusal").isNotNull();
    return refused.findings();
  }

  /** Warnings of a bundle that is accepted. */
  List<String> warnings() throws IOException, RefusedException {
    return compile().warnings().stream().map(BundleUnderTest::summary).toList();
  }

  static String summary(Finding finding) {
    return finding.rule() + " " + finding.element();
  }

  /** The line of a text's first occurrence. */
  int lineOf(String file, String text) throws IOException {
    var before = Files.readString(root.resolve(file));
    assertThat(before).contains(text);
    return (int) before.substring(0, before.indexOf(text)).lines().count();
  }
}
