package dev.parley.wsdl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.finding.Finding;
import dev.parley.finding.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A folder of WSDL documents under test, some of them changed. */
record Bundle(Path root) {
  private static final Path RESOURCES = Path.of("src/test/resources/wsdl");

  /** A folder of the test resources as it is. */
  static Bundle of(String folder) {
    return new Bundle(RESOURCES.resolve(folder));
  }

  /** A copy of {@code single}, which has one good document, in this folder. */
  static Bundle single(Path folder) throws IOException {
    Files.copy(RESOURCES.resolve("single/orders.wsdl"), folder.resolve("orders.wsdl"));
    return new Bundle(folder);
  }

  Bundle with(String file, String content) throws IOException {
    var path = root.resolve(file);
    Files.createDirectories(path.resolveSibling("."));
    Files.writeString(path, content);
    return this;
  }

  /** Replaces the first occurrence in orders.wsdl. */
  Bundle replacing(String old, String text) throws IOException {
    var path = root.resolve("orders.wsdl");
    var content = Files.readString(path);
    assertThat(content).contains(old);
    int at = content.indexOf(old);
    Files.writeString(path, content.substring(0, at) + text + content.substring(at + old.length()));
    return this;
  }

  Contract read() throws IOException, RefusedException {
    return Wsdl.read(root, documents());
  }

  List<Finding> findings() throws IOException {
    var files = documents();
    var refused = catchThrowableOfType(RefusedException.class, () -> Wsdl.read(root, files));
    assertThat(refused).as("refusal").isNotNull();
    return refused.findings();
  }

  /** Each finding as {@code file:line rule element}. */
  List<String> summary() throws IOException {
    return findings().stream()
        .map(
            f ->
                "%s:%d %s %s"
                    .formatted(f.location().file(), f.location().line(), f.rule(), f.element())
                    .strip())
        .toList();
  }

  private List<Path> documents() throws IOException {
    try (var files = Files.walk(root)) {
      return files.filter(f -> f.toString().endsWith(".wsdl")).sorted().toList();
    }
  }
}
