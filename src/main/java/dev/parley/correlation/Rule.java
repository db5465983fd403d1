package dev.parley.correlation;

import java.util.Locale;

/** Which of the rules decides what becomes of a message; the first one that applies. */
public enum Rule {
  RECEIVE("a receive for it is enabled", ""),
  OTHER_CONVERSATION("one of its keys is that of another conversation", "onHeldKey"),
  EARLY("an instance of its conversation runs, and may come to a receive for it", "onEarly"),
  SUSPENDED(
      "an instance of its conversation may come to a receive for it, but is suspended",
      "onSuspended"),
  HELD_KEY("it would start an instance, but a running one holds its key", "onHeldKey"),
  START("no running instance takes it, and it starts one", ""),
  NO_KEY("it has no value for any correlation key, and starts no instance", ""),
  UNKNOWN("no instance has or had one of its keys, and it starts none", "onUnknown"),
  LATE("its conversation has ended, or went on to where no receive for it follows", "onLate");

  private final String text;
  private final String setting;

  Rule(String text, String setting) {
    this.text = text;
    this.setting = setting;
  }

  /** For a human being: follows "because". */
  public String text() {
    return text;
  }

  /** The setting that says what follows; empty where nothing can be set. */
  public String setting() {
    return setting;
  }

  /** In lower case, as documents have it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Decision says(Correlation correlation) {
    return new Decision(correlation, this);
  }
}
