package dev.parley.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What a server holds, each in bytes and unknown where the system does not tell.
 *
 * @param live objects on the heap after a full collection
 * @param resident by the process, heap that was once used included
 * @param peak the most that was ever resident
 */
record Memory(OptionalLong live, OptionalLong resident, OptionalLong peak) {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

  static Memory of(Child child) {
    String status = read(Path.of("/proc/" + child.pid() + "/status"));
    // A class histogram collects first, and reads alike whatever the collector is.
    var live = find(TOTAL, histogram(child.pid()), 1);
    return new Memory(live, kibibytes("VmRSS", status), kibibytes("VmHWM", status));
  }

  private static OptionalLong kibibytes(String field, String status) {
    return find(Pattern.compile(field + ":\\s+(\\d+) kB"), status, 1 << 10);
  }

  private static OptionalLong find(Pattern pattern, String text, long unit) {
    var matcher = pattern.matcher(text);
    return matcher.find()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)) * unit)
        : OptionalLong.empty();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  private static String histogram(long pid) {
    var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      var process =
          new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
