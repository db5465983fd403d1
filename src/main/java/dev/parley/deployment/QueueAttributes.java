package dev.parley.deployment;

import dev.parley.deployment.QueuePolicy.Bounds;
import dev.parley.deployment.QueuePolicy.Choice;
import dev.parley.deployment.QueuePolicy.Full;
import dev.parley.deployment.QueuePolicy.HeldKey;
import dev.parley.deployment.QueuePolicy.RejectionFault;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The attributes that make a queue policy. */
final class QueueAttributes {
  static final Set<String> NAMES =
      Set.of(
          "onEarly",
          "keepEarly",
          "onUnknown",
          "keepUnknown",
          "onLate",
          "onHeldKey",
          "maxPerConversation",
          "maxPerOperation",
          "maxBytes",
          "onFull",
          "onSuspended",
          "earlyFault",
          "lateFault");

  private static final Map<String, Choice> CHOICES =
      Map.of("queue", Choice.QUEUE, "reject", Choice.REJECT, "discard", Choice.DISCARD);
  private static final Map<String, Choice> LATE_CHOICES =
      Map.of("reject", Choice.REJECT, "discard", Choice.DISCARD);
  private static final Map<String, Choice> SUSPENDED_CHOICES =
      Map.of("queue", Choice.QUEUE, "reject", Choice.REJECT);

  private QueueAttributes() {}

  /** What an element says; where it says nothing, all stays as the base has it. */
  static QueuePolicy read(QueuePolicy base, SettingsReader attributes) {
    return read(base, attributes, origins(base.origins(), attributes));
  }

  /** The same, with given origins. */
  static QueuePolicy read(
      QueuePolicy base, SettingsReader attributes, Map<String, String> origins) {
    var keepEarly = attributes.duration("keepEarly");
    return new QueuePolicy(
        attributes.choice("onEarly", CHOICES, base.onEarly()),
        keepEarly.isPresent() ? keepEarly.get() : base.keepEarly(),
        attributes.choice("onUnknown", CHOICES, base.onUnknown()),
        attributes.duration("keepUnknown", base.keepUnknown()),
        attributes.choice("onLate", LATE_CHOICES, base.onLate()),
        attributes.choice(
            "onHeldKey",
            Map.of("refuse", HeldKey.REFUSE, "queue", HeldKey.QUEUE, "allow", HeldKey.ALLOW),
            base.onHeldKey()),
        bounds(base.bounds(), attributes),
        attributes.choice(
            "onFull", Map.of("reject", Full.REJECT, "dropOldest", Full.DROP_OLDEST), base.onFull()),
        attributes.choice("onSuspended", SUSPENDED_CHOICES, base.onSuspended()),
        fault(attributes, "earlyFault", base.earlyFault()),
        fault(attributes, "lateFault", base.lateFault()),
        origins);
  }

  private static Map<String, String> origins(Map<String, String> base, SettingsReader attributes) {
    var origins = new TreeMap<>(base);
    NAMES.stream()
        .filter(attributes.attributes()::containsKey)
        .forEach(setting -> origins.put(setting, attributes.element()));
    return origins;
  }

  private static RejectionFault fault(
      SettingsReader attributes, String name, RejectionFault otherwise) {
    var named = attributes.text(name, "").strip();
    return named.isEmpty() ? otherwise : new RejectionFault(named, false);
  }

  private static Bounds bounds(Bounds base, SettingsReader attributes) {
    return new Bounds(
        attributes.count("maxPerConversation", base.perConversation()),
        attributes.count("maxPerOperation", base.perOperation()),
        attributes.count("maxBytes", (int) base.bytes()));
  }
}
