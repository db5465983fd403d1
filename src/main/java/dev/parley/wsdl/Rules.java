package dev.parley.wsdl;

import dev.parley.finding.RuleNames;
import java.util.List;

/** What this package finds. */
public final class Rules {
  private Rules() {}

  /** By name. */
  public static List<String> names() {
    return RuleNames.of(Rule.class);
  }
}
