package dev.parley.bench;

import java.io.PrintStream;

/** Says what is being done, a line at a time. */
record Progress(PrintStream out) {

  void say(String line) {
    out.println(line);
  }

  void measured(int round, Cell cell, Window window) {
    say(
        "round %d  %-27s %5d connections  %,9.0f/s"
            .formatted(
                round, cell.workload().label, cell.connections(), window.messagesPerSecond()));
  }
}
