package dev.parley.cli;

import dev.parley.config.ConfigUnusable;
import dev.parley.finding.RefusedException;
import dev.parley.store.StoreUnusable;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "parley",
    description = "Hosts business processes as SOAP services.",
    mixinStandardHelpOptions = true,
    version = "parley 0.1.0",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      SendCommand.class,
      MessageCommand.class,
      StartCommand.class,
      TasksCommand.class,
      InstancesCommand.class,
      QueueCommand.class,
      DeadLettersCommand.class,
      SubscriptionsCommand.class,
      ExplainCommand.class,
      CheckCommand.class,
      ReferenceCommand.class,
      ConformCommand.class,
      SimulateCommand.class,
      CrashCommand.class,
      HelpCommand.class
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  parley demo                      plays a conversation, step by step",
      "  parley run                       serves the bundles in patterns/",
      "  parley run my-folder --port 9090",
      "  parley send my-folder place      sends an example of a message",
      "  parley message paid --key id=7   sends a message by its name, over REST",
      "  parley queue                     messages that wait, and why each does",
      "  parley dead-letters              messages that came to nobody: look, replay, delete",
      "  parley subscriptions --key 7     who waits where for a message with this key",
      "  parley explain message.xml       why a message goes where it does; nothing is sent",
      "  parley check my-folder           says what is wrong with a bundle, and where",
      "  parley reference                 says what executes",
      "  parley conform                   plays the cases in conformance/, in virtual time",
      "  parley simulate --seeds 1000     everything that can go wrong, in virtual time",
      "  parley crash-test --kills 100    a real gateway, killed and audited",
      "  parley bench --quick             measures; built when it is asked for",
      "",
      "Exit codes: 0 done, 1 failed, 2 unusable input or surroundings."
    })
public final class Parley implements Callable<Integer> {
  /** Unusable input or surroundings: arguments, bundles, data folder, port. */
  static final int UNUSABLE = 2;

  private static final int HELP_WIDTH = 100;

  @Spec private @Nullable CommandSpec spec;

  private Parley() {}

  /** Alone, it says how it is used. */
  @Override
  public Integer call() {
    var commandLine = Objects.requireNonNull(spec).commandLine();
    commandLine.usage(commandLine.getOut());
    return 0;
  }

  public static void main(String[] arguments) {
    System.setProperty("org.apache.cxf.Logger", "org.apache.cxf.common.logging.Slf4jLogger");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    return new CommandLine(new Parley())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(HELP_WIDTH)
        .setParameterExceptionHandler(Parley::misused)
        .setExecutionExceptionHandler(oneLine());
  }

  private static int misused(CommandLine.ParameterException e, String[] arguments) {
    var command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().printf("parley: %s; see '%s --help'.%n", message(e), name);
    return UNUSABLE;
  }

  /**
   * Nobody sees a stack trace, unless they ask for it with the environment variable PARLEY_DEBUG.
   */
  private static IExecutionExceptionHandler oneLine() {
    return (e, command, _) -> {
      var err = command.getErr();
      if (e instanceof RefusedException refused) {
        refused.findings().forEach(err::println);
      } else {
        err.println("parley: " + message(e));
      }
      if (System.getenv("PARLEY_DEBUG") != null) {
        e.printStackTrace(err);
      }
      boolean surroundings =
          e instanceof RefusedException
              || e instanceof StoreUnusable
              || e instanceof ConfigUnusable
              || e instanceof UnusableException;
      return surroundings || causedByBind(e) ? UNUSABLE : 1;
    };
  }

  private static String message(Exception e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  private static boolean causedByBind(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }
}
