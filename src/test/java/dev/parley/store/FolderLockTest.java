package dev.parley.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One gateway for one data folder. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FolderLockTest {
  @TempDir private Path folder;

  @Test
  void a_folder_in_use_in_this_process_is_refused() throws Exception {
    try (var store = SqliteStore.open(folder)) {
      assertThat(store.bootId()).isEqualTo(1);
      assertThatThrownBy(() -> SqliteStore.open(folder))
          .isInstanceOf(StoreUnusable.class)
          .hasMessage(
              "The data folder %s is in use by another gateway in this process; stop it, or give"
                  + " this gateway a folder of its own.",
              folder.toRealPath());
    }
    SqliteStore.open(folder).close();
  }

  @Test
  void a_folder_is_the_same_under_another_name() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(data()));
    try (var store = SqliteStore.open(data())) {
      assertThat(store.bootId()).isEqualTo(1);
      assertThatThrownBy(() -> SqliteStore.open(link)).isInstanceOf(StoreUnusable.class);
    }
  }

  @Test
  void a_folder_in_use_by_another_process_is_refused_with_its_pid() throws Exception {
    Process holder = otherProcess();
    try (var out = holder.inputReader(StandardCharsets.US_ASCII)) {
      assertThat(out.readLine()).isEqualTo("opened");

      assertThatThrownBy(() -> SqliteStore.open(folder))
          .isInstanceOf(StoreUnusable.class)
          .hasMessageContaining("is in use by process " + holder.pid());
    } finally {
      holder.destroyForcibly().waitFor();
    }

    try (var store = SqliteStore.open(folder)) {
      assertThat(store.bootId()).as("a killed process leaves no lock behind").isEqualTo(2);
    }
  }

  @Test
  void a_folder_that_cannot_be_made_is_refused() throws Exception {
    Files.writeString(data(), "a file");

    assertThatThrownBy(() -> SqliteStore.open(data()))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("cannot be written to");
    assertThatThrownBy(() -> SqliteStore.open(data().resolve("deeper")))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("cannot be written to");
  }

  @Test
  void a_folder_whose_file_cannot_be_opened_is_refused() throws Exception {
    Files.createDirectory(folder.resolve(SqliteFile.NAME));

    assertThatThrownBy(() -> SqliteStore.open(folder))
        .isInstanceOf(StoreUnusable.class)
        .hasMessageContaining("parley.db cannot be written to");
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Process otherProcess() throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Opens a store and keeps it until its process is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      try (var store = SqliteStore.open(Path.of(arguments[0]))) {
        System.out.println(store.bootId() == 1 ? "opened" : "opened again");
        System.in.read();
      }
    }
  }
}
