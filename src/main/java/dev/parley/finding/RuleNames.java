package dev.parley.finding;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;

/** The names of rules, for those that list them. */
public final class RuleNames {
  private RuleNames() {}

  /** The constants of a class that holds nothing else, sorted. */
  public static List<String> of(Class<?> rules) {
    return Arrays.stream(rules.getDeclaredFields()).map(RuleNames::value).sorted().toList();
  }

  private static String value(Field constant) {
    try {
      constant.setAccessible(true);
      return String.valueOf(constant.get(null));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
