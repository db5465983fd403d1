package dev.parley.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** User tasks that wait in a running gateway, over REST. */
@Command(
    name = "tasks",
    description = "Lists the user tasks that wait in a running gateway, shows and completes them.",
    mixinStandardHelpOptions = true,
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley tasks",
      "  parley tasks --process shop",
      "  parley tasks show 06XZ3D3TM0400-5",
      "  parley tasks complete 06XZ3D3TM0400-5 --data '{\"approved\": true}'",
      "",
      "Exit codes: 0 done, 1 refused or no connection, 2 unusable input."
    })
final class TasksCommand implements Callable<Integer> {
  @Option(
      names = "--process",
      paramLabel = "KEY",
      description = "Only those of this process (default: of all).")
  private @Nullable String process;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "So many at most, 1 to 1000 (default: 100).")
  private int limit = 100;

  @Option(
      names = "--after",
      paramLabel = "TASK",
      description = "Only those after this one: the next page.")
  private @Nullable String after;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private RestClient gateway = new RestClient();

  @Override
  public Integer call() throws Exception {
    String of = process == null ? "" : "&process=" + RestClient.encoded(process);
    String from = after == null ? "" : "&after=" + RestClient.encoded(after);
    var answer = gateway.send(gateway.at("/tasks?limit=" + limit + of + from).build());
    if (answer.isEmpty()) {
      return 1;
    }
    if (gateway.json() || !RestClient.isOk(answer.get())) {
      return gateway.show(answer.get());
    }
    var out = Objects.requireNonNull(spec).commandLine().getOut();
    print(JsonMapper.shared().readTree(answer.get().body()).get("tasks"), out);
    return 0;
  }

  private static void print(JsonNode tasks, PrintWriter out) {
    if (tasks.isEmpty()) {
      out.println("No user task waits.");
      return;
    }
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("TASK", "PROCESS", "NAME", "SINCE"));
    for (var task : tasks) {
      rows.add(
          List.of(
              text(task, "task"), text(task, "process"), text(task, "name"), text(task, "since")));
    }
    int columns = rows.getFirst().size();
    var widths = new int[columns];
    for (var row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (var row : rows) {
      var line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).repeat(' ', widths[i] - row.get(i).length() + 2);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private static String text(JsonNode task, String member) {
    return task.get(member).asString();
  }

  @Command(
      name = "show",
      description = "Shows a task: its data, and what its completion has to give.",
      mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "TASK", description = "The task's number.") String task)
      throws IOException, InterruptedException, UnusableException {
    return gateway.ask(gateway.at(path(task)).build());
  }

  @Command(
      name = "complete",
      description = "Completes a task, with data by name.",
      mixinStandardHelpOptions = true,
      footerHeading = "%nExamples:%n",
      footer = {
        "  parley tasks complete 06XZ3D3TM0400-5 --data '{\"approved\": true}'",
        "  parley tasks complete 06XZ3D3TM0400-5 --data '{\"order\": \"<order"
            + " xmlns=\\\"urn:shop\\\"/>\"}'"
      })
  int complete(
      @Parameters(paramLabel = "TASK", description = "The task's number.") String task,
      @Option(
              names = "--data",
              paramLabel = "JSON",
              defaultValue = "{}",
              description = "One JSON object; XML is a string (default: {}).")
          String data)
      throws IOException, InterruptedException, UnusableException {
    return gateway.ask(
        gateway
            .at(path(task) + "/completion")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(data))
            .build());
  }

  private static String path(String task) {
    return "/tasks/" + RestClient.encoded(task);
  }
}
