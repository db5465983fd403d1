package dev.parley.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what Parley is for. */
@Command(
    name = "demo",
    description = "Plays a conversation with a crash in it, step by step.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley demo",
      "  parley demo --json        one line of JSON for each thing that happens",
      "",
      "It takes free ports and a temporary folder, and leaves nothing behind.",
      "Colours appear on a terminal only, and not when NO_COLOR is set.",
      "",
      "Exit codes: 0 all went as told, 1 something did not, 2 unusable surroundings."
    })
final class DemoCommand implements Callable<Integer> {
  private static final int TAIL = 20;

  @Option(names = "--json", description = "Print JSON lines.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    var commandLine = Objects.requireNonNull(spec).commandLine();
    var bundle = Home.patterns().resolve("order").toAbsolutePath();
    if (!Files.isDirectory(bundle)) {
      throw new UnusableException(
          "Expected the order pattern in %s, but there is no such folder; start Parley from where it is installed."
              .formatted(bundle));
    }
    var narrator =
        json
            ? new JsonNarrator(commandLine.getOut())
            : new TerminalNarrator(commandLine.getOut(), commandLine.getColorScheme().ansi());
    try (var exit = new AtExit()) {
      var folder = Files.createTempDirectory("parley-demo-");
      exit.closes(() -> delete(folder));
      var conversation = exit.closes(new DemoConversation(folder, bundle, narrator));
      return play(conversation, commandLine.getErr(), folder.resolve("gateway.log"));
    }
  }

  private static int play(DemoConversation conversation, PrintWriter err, Path log)
      throws IOException, InterruptedException {
    try {
      conversation.play();
      return 0;
    } catch (Deviation e) {
      if (!conversation.isClosed()) {
        report(err, e, log);
      }
      return 1;
    }
  }

  private static void report(PrintWriter err, Deviation deviation, Path log) throws IOException {
    err.println("parley: " + deviation.getMessage());
    if (Files.exists(log)) {
      var lines = Files.readAllLines(log, UTF_8);
      err.println("The gateway's log ends with:");
      lines
          .subList(Math.max(0, lines.size() - TAIL), lines.size())
          .forEach(line -> err.println("  " + line));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
