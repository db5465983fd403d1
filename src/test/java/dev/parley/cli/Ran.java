package dev.parley.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A command that was run in this process. */
record Ran(int exitCode, String out, String err) {
  static Ran parley(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    int exitCode =
        Parley.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Ran(exitCode, out.toString(), err.toString());
  }
}
