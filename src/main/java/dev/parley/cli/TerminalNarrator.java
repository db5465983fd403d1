package dev.parley.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Tells the story to somebody at a terminal. */
final class TerminalNarrator implements Narrator {
  private static final int WIDTH = 88;
  private static final String MARGIN = "     ";

  private final PrintWriter out;
  private final Ansi ansi;

  TerminalNarrator(PrintWriter out, Ansi ansi) {
    this.out = out;
    this.ansi = ansi;
  }

  @Override
  public void tell(Scene scene) {
    switch (scene) {
      case Scene.Began(var title, var cast) -> {
        out.println(styled("bold", title));
        out.println(styled("faint", cast));
      }
      case Scene.Step step -> step(step);
      case Scene.Said said -> said(said);
      case Scene.Happened(var who, var what) ->
          out.println(MARGIN + styled("bold", "%-8s".formatted(who)) + "  ·   " + what);
      case Scene.Audited audited -> audited(audited);
      case Scene.Ended(var seconds, var summary, var next) -> {
        out.println();
        out.println(styled("bold,green", " ✔ ") + styled("bold", summary) + time(seconds));
        out.println(MARGIN.substring(2) + styled("faint", next));
      }
    }
    out.flush();
  }

  private void step(Scene.Step step) {
    out.println();
    out.println(
        styled("bold,cyan", " %d ".formatted(step.number()))
            + " "
            + styled("bold", step.title())
            + time(step.seconds()));
    wrapped(step.explanation()).forEach(line -> out.println(MARGIN + styled("faint", line)));
    out.println();
  }

  private void said(Scene.Said said) {
    String detail = said.detail().isEmpty() ? "" : "  " + styled("faint", said.detail());
    out.println(
        MARGIN
            + styled("bold", "%-8s".formatted(said.from()))
            + styled("cyan", " ──▶ ")
            + styled("bold", "%-8s".formatted(said.to()))
            + "  "
            + styled("green", said.what())
            + detail);
    if (!said.xml().isEmpty()) {
      out.println(MARGIN + "  " + said.xml());
    }
  }

  private void audited(Scene.Audited audited) {
    String mark = audited.isRight() ? styled("green", "✔") : styled("bold,red", "✘");
    String expected = audited.isRight() ? "" : "   expected " + audited.expected();
    out.println(
        MARGIN
            + "%s %-58s ".formatted(mark, audited.question())
            + styled("bold", audited.found())
            + expected);
  }

  private String time(double seconds) {
    return styled("faint", String.format(Locale.ROOT, "   %.1f s", seconds));
  }

  private String styled(String style, String text) {
    return ansi.enabled() ? ansi.string("@|" + style + " " + text + "|@") : text;
  }

  private static List<String> wrapped(String text) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() >= WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
