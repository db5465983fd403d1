package dev.parley.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Everything that happened, as lines; two runs are the same when their digests are. */
final class Trace {
  private final Agenda agenda;
  private final List<String> lines = new ArrayList<>();
  private final MessageDigest sha256;

  Trace(Agenda agenda) {
    this.agenda = agenda;
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  void add(String what) {
    String line = Duration.between(Agenda.BEGIN, agenda.instant()) + " " + what;
    lines.add(line);
    sha256.update(line.getBytes(StandardCharsets.UTF_8));
    sha256.update((byte) '\n');
  }

  /** How many lines there are: the order in which things happened. */
  int size() {
    return lines.size();
  }

  /** The newest lines that speak of something. */
  List<String> last(int most, String about) {
    var found = lines.stream().filter(l -> l.contains(about)).toList();
    return found.subList(Math.max(0, found.size() - most), found.size());
  }

  /** Ends the trace. */
  String digest() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
