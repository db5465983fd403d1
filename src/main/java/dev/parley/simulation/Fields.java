package dev.parley.simulation;

import dev.parley.message.Body;
import java.util.regex.Pattern;

/** Reads messages in the simplest way there is, so that nobody's reading is checked by itself. */
final class Fields {
  private Fields() {}

  /** The text of the first element with this local name; empty where there is none. */
  static String of(Body body, String name) {
    var found =
        Pattern.compile("<(?:\\w+:)?" + name + "(?:\\s[^>]*)?>([^<]*)<").matcher(body.toString());
    return found.find() ? found.group(1) : "";
  }
}
