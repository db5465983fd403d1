package dev.parley.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.parley.finding.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BundlesTest {
  @TempDir Path folder;

  @Test
  void a_bundle_is_every_model_and_contract_below_its_folder() throws Exception {
    write("shop/b.bpmn", "b");
    write("shop/wsdl/a.xsd", "a");
    write("shop/a.wsdl", "w");
    write("shop/notes.txt", "not part of it");
    write("shop/.git/x.wsdl", "not part of it");
    var bundle = Bundles.read(folder.resolve("shop"));
    assertThat(bundle.name()).isEqualTo("shop");
    assertThat(bundle.files().stream().map(f -> Bundles.nameIn(bundle.root(), f)))
        .containsExactly("a.wsdl", "b.bpmn", "wsdl/a.xsd");
  }

  @Test
  void content_and_names_make_the_digest_and_the_folder_does_not() throws Exception {
    write("one/a.bpmn", "a");
    write("two/a.bpmn", "a");
    write("three/b.bpmn", "a");
    write("four/a.bpmn", "b");
    var one = Bundles.read(folder.resolve("one")).content();
    assertThat(Bundles.read(folder.resolve("two")).content()).isEqualTo(one);
    assertThat(Bundles.read(folder.resolve("three")).content()).isNotEqualTo(one);
    assertThat(Bundles.read(folder.resolve("four")).content()).isNotEqualTo(one);
  }

  @Test
  void folders_are_bundles_or_hold_them() throws Exception {
    write("all/b/b.bpmn", "b");
    write("all/a/a.bpmn", "a");
    write("all/c/only.wsdl", "");
    write("one/one.bpmn", "1");
    assertThat(Bundles.find(List.of(folder.resolve("all"), folder.resolve("one"))))
        .extracting(Bundle::name)
        .containsExactly("a", "b", "one");
  }

  @Test
  void a_folder_that_is_missing_or_holds_no_model_is_refused() throws Exception {
    write("empty/only.wsdl", "");
    assertThat(rule(() -> Bundles.find(List.of(folder.resolve("nowhere")))))
        .isEqualTo("bundle.no-folder");
    assertThat(rule(() -> Bundles.find(List.of(folder.resolve("empty")))))
        .isEqualTo("bundle.no-model");
  }

  @Test
  void a_link_out_of_the_bundle_is_refused() throws Exception {
    write("secret.xsd", "s");
    write("shop/a.bpmn", "a");
    Files.createSymbolicLink(folder.resolve("shop/a.xsd"), folder.resolve("secret.xsd"));
    assertThat(rule(() -> Bundles.read(folder.resolve("shop")))).isEqualTo("bundle.link");
  }

  @Test
  void a_file_that_is_too_large_is_refused() throws Exception {
    write("shop/a.bpmn", "a");
    Files.write(folder.resolve("shop/b.xsd"), new byte[(int) Bundles.MAX_FILE_BYTES + 1]);
    assertThat(rule(() -> Bundles.read(folder.resolve("shop")))).isEqualTo("bundle.too-large");
  }

  @Test
  void an_archive_gives_the_bundle_back() throws Exception {
    var bundle = Bundles.read(BundleUnderTest.ORDERS);
    byte[] archive = BundleArchive.zip(bundle);
    assertThat(archive).isEqualTo(BundleArchive.zip(bundle));
    var back = BundleArchive.unzip(archive, "orders", folder.resolve("store/7"));
    assertThat(back.name()).isEqualTo("orders");
    assertThat(back.content()).isEqualTo(bundle.content());
    assertThat(back.files()).hasSameSizeAs(bundle.files());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil.bpmn",
        "a/../../evil.bpmn",
        "/tmp/evil.bpmn",
        "..\\evil.bpmn",
        "C:/evil.bpmn",
        "run.sh",
        ".."
      })
  void an_archive_writes_nothing_but_models_and_contracts_below_its_folder(String entry)
      throws Exception {
    byte[] archive = zip(entry, "x");
    var target = folder.resolve("deep/target");
    assertThat(rule(() -> BundleArchive.unzip(archive, "evil", target)))
        .isEqualTo("bundle.archive-entry");
    try (var written = Files.walk(folder)) {
      assertThat(written.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void an_archive_that_unpacks_to_too_much_is_refused() throws Exception {
    byte[] archive = zip("a.bpmn", "x".repeat((int) Bundles.MAX_FILE_BYTES + 1));
    assertThat(rule(() -> BundleArchive.unzip(archive, "bomb", folder)))
        .isEqualTo("bundle.too-large");
  }

  @Test
  void an_archive_is_unpacked_into_an_empty_folder_only() throws Exception {
    write("used/a.bpmn", "a");
    byte[] archive = zip("b.bpmn", "b");
    assertThatThrownBy(() -> BundleArchive.unzip(archive, "b", folder.resolve("used")))
        .isInstanceOf(DirectoryNotEmptyException.class);
  }

  private void write(String file, String content) throws IOException {
    var path = folder.resolve(file);
    Files.createDirectories(path.resolveSibling("."));
    Files.writeString(path, content);
  }

  private static byte[] zip(String entry, String content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String rule(ThrowingCallable act) {
    var refused = catchThrowableOfType(RefusedException.class, act);
    assertThat(refused).as("refusal").isNotNull();
    return refused.findings().getFirst().rule();
  }
}
