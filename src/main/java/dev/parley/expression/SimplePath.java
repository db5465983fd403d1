package dev.parley.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A path of child steps, the last of which may be an attribute or {@code text()}: what one pass
 * over a message can answer.
 */
record SimplePath(List<Step> steps, Last last, Step attribute) {

  /** What a path selects where its steps lead. */
  enum Last {
    ELEMENT,
    ATTRIBUTE,
    TEXT
  }

  /** A name test; null stands for any. */
  record Step(@Nullable String uri, @Nullable String local) {
    static final Step ANY = new Step(null, null);

    boolean matches(@Nullable String otherUri, String otherLocal) {
      return (local == null || local.equals(otherLocal))
          && (uri == null || uri.equals(otherUri == null ? "" : otherUri));
    }
  }

  private static final String NCNAME = "[\\p{L}_][\\p{L}\\p{N}_.\\-\\u00B7]*";
  private static final String NAME = "(?:" + NCNAME + ":)?" + NCNAME;
  private static final String TEST = "(?:\\*:" + NCNAME + "|" + NCNAME + ":\\*|\\*|" + NAME + ")";
  private static final Pattern SIMPLE =
      Pattern.compile("/?" + TEST + "(?:/" + TEST + ")*(?:/@" + NAME + "|/text\\(\\))?");

  /** Null for a path that is not simple, or names a prefix that is not declared. */
  static @Nullable SimplePath of(Path path) {
    var text = path.text().strip();
    if (!SIMPLE.matcher(text).matches()) {
      return null;
    }
    var steps = new ArrayList<Step>();
    var last = Last.ELEMENT;
    var attribute = Step.ANY;
    for (var part : (text.startsWith("/") ? text.substring(1) : text).split("/", -1)) {
      if (part.equals("text()")) {
        last = Last.TEXT;
      } else {
        var step = step(part.startsWith("@") ? part.substring(1) : part, path);
        if (step == null) {
          return null;
        }
        if (part.startsWith("@")) {
          last = Last.ATTRIBUTE;
          attribute = step;
        } else {
          steps.add(step);
        }
      }
    }
    return new SimplePath(List.copyOf(steps), last, attribute);
  }

  private static @Nullable Step step(String test, Path path) {
    if (test.equals("*")) {
      return Step.ANY;
    }
    int colon = test.indexOf(':');
    var prefix = colon < 0 ? "" : test.substring(0, colon);
    var local = test.substring(colon + 1);
    if (prefix.equals("*")) {
      return new Step(null, local);
    }
    var uri = colon < 0 ? "" : path.namespaces().get(prefix);
    return uri == null ? null : new Step(uri, local.equals("*") ? null : local);
  }
}
