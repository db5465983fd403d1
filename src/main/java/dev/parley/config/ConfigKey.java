package dev.parley.config;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be configured, in the order that people read about it. */
public enum ConfigKey {
  HOST("host"),
  PORT("port"),
  DATA("data"),
  STORE("store"),
  STORE_USER("storeUser"),
  STORE_PASSWORD("storePassword"),
  STORE_PASSWORD_FILE("storePasswordFile"),
  PUBLIC_ADDRESS("publicAddress"),
  MAX_MESSAGE_BYTES("maxMessageBytes"),
  VALIDATE("validate"),
  REPLY_WITHIN("replyWithin"),
  REPLY_ADDRESSES("replyAddresses"),
  PARTNERS("partners"),
  DUPLICATE_WINDOW("duplicateWindow"),
  MAX_IDENTITIES("maxIdentities"),
  KEEP_REPLIES("keepReplies"),
  MAX_REPLIES("maxReplies"),
  MAX_REPLY_BYTES("maxReplyBytes"),
  KEEP_FINISHED("keepFinished"),
  QUEUE_ON_EARLY("queue.onEarly"),
  QUEUE_KEEP_EARLY("queue.keepEarly"),
  QUEUE_ON_UNKNOWN("queue.onUnknown"),
  QUEUE_KEEP_UNKNOWN("queue.keepUnknown"),
  QUEUE_ON_LATE("queue.onLate"),
  QUEUE_ON_HELD_KEY("queue.onHeldKey"),
  QUEUE_MAX_PER_CONVERSATION("queue.maxPerConversation"),
  QUEUE_MAX_PER_OPERATION("queue.maxPerOperation"),
  QUEUE_MAX_BYTES("queue.maxBytes"),
  QUEUE_ON_FULL("queue.onFull"),
  QUEUE_ON_SUSPENDED("queue.onSuspended");

  /** What queue policies stand below in the file. */
  static final String QUEUE = "queue";

  private static final int TYPING_MISTAKES = 3;

  private final String inFile;

  ConfigKey(String inFile) {
    this.inFile = inFile;
  }

  /** Its name in the file. */
  public String inFile() {
    return inFile;
  }

  /** Its name as an environment variable. */
  public String inEnvironment() {
    return "PARLEY_" + name();
  }

  /** Its name as a system property. */
  public String asProperty() {
    return "parley." + inFile;
  }

  /** The attribute of a model that says the same; empty for what no model says. */
  Optional<String> queueSetting() {
    return Optional.of(inFile)
        .filter(name -> name.startsWith(QUEUE + "."))
        .map(name -> name.substring(QUEUE.length() + 1));
  }

  static Optional<ConfigKey> of(String name) {
    return Arrays.stream(values()).filter(k -> k.inFile.equals(name)).findFirst();
  }

  /** What to say about a name that is none: the one that was meant, or all there are. */
  static String suggestion(String name) {
    return Arrays.stream(values())
        .filter(k -> distance(name, k.inFile) <= TYPING_MISTAKES)
        .min(Comparator.comparingInt(k -> distance(name, k.inFile)))
        .map(k -> "Did you mean '%s'?".formatted(k.inFile))
        .orElseGet(
            () ->
                "There are: %s."
                    .formatted(
                        Arrays.stream(values())
                            .map(ConfigKey::inFile)
                            .collect(Collectors.joining(", "))));
  }

  /** How many characters have to be changed, added or removed (Levenshtein's distance). */
  private static int distance(String one, String other) {
    String a = plain(one);
    String b = plain(other);
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  /** So that max_message_bytes and max-message-bytes are near, too. */
  private static String plain(String name) {
    return name.replaceAll("[-_.]", "").toLowerCase(Locale.ROOT);
  }
}
