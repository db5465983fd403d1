package dev.parley.message;

import java.util.Locale;

/** Names of constants as others read them. */
final class WireNames {
  private WireNames() {}

  /** {@code TOO_EARLY} as {@code TooEarly}. */
  static String of(Enum<?> constant) {
    var name = new StringBuilder();
    for (String word : constant.name().split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }
}
