package dev.parley.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

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

  @Mixin private PageOptions page = new PageOptions();

  @Mixin private RestClient gateway = new RestClient();

  @Override
  public Integer call() throws Exception {
    var parameters = new LinkedHashMap<String, @Nullable Object>();
    parameters.put("process", process);
    page.putInto(parameters);
    return gateway.list(
        RestClient.path("/tasks", parameters), (answer, out) -> print(answer.get("tasks"), out));
  }

  private static void print(JsonNode tasks, PrintWriter out) {
    if (tasks.isEmpty()) {
      out.println("No user task waits.");
      return;
    }
    var table = new TextTable("TASK", "PROCESS", "NAME", "SINCE");
    for (var task : tasks) {
      table.add(text(task, "task"), text(task, "process"), text(task, "name"), text(task, "since"));
    }
    table.print(out);
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
