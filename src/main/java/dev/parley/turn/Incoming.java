package dev.parley.turn;

import dev.parley.correlation.CorrelationKey;
import dev.parley.correlation.KeySet;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.deployment.QueuePolicy;
import dev.parley.deployment.QueuePolicy.Bounds;
import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.store.Rows.Slot;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message that came in, with its keys by each version of its process. */
final class Incoming {
  private final Message message;
  private final List<Digest> identities;
  private final MessageName name;
  private final List<ProcessVersion> versions;
  private final Map<Integer, KeySet> keysByDefinition = new LinkedHashMap<>();
  private final Set<CorrelationKey> keys = new LinkedHashSet<>();
  private final Set<Digest> digests = new LinkedHashSet<>();
  private @Nullable InstanceId awaited;

  /**
   * A message.
   *
   * @param message the arrival's own, or the stored one that it repeats
   * @param versions newest first
   */
  Incoming(TurnInput.Arrival arrival, Message message, List<ProcessVersion> versions) {
    this.message = message;
    this.identities = arrival.identities();
    this.name = MessageName.of(message);
    this.versions = versions;
    for (var version : versions) {
      var process = version.process();
      var found =
          version.definition() == arrival.definition()
              ? arrival.keys()
              : Subscriptions.keys(process, message);
      keysByDefinition.put(version.definition(), found);
      keys.addAll(Subscriptions.keys(process, found));
      digests.addAll(Subscriptions.digests(process, found));
    }
  }

  Message message() {
    return message;
  }

  List<Digest> identities() {
    return identities;
  }

  MessageName name() {
    return name;
  }

  ProcessVersion latest() {
    return versions.getFirst();
  }

  /** By one version of the process. */
  KeySet keys(int definition) {
    return keysByDefinition.getOrDefault(definition, KeySet.NONE);
  }

  /** By all versions, for display. */
  List<CorrelationKey> keys() {
    return List.copyOf(keys);
  }

  Set<Digest> digests() {
    return digests;
  }

  /** Where receives for it wait, and it queues. */
  List<Slot> slots() {
    return places().stream().map(d -> Subscriptions.slot(name, d)).toList();
  }

  Bounds bounds() {
    return policy().bounds();
  }

  /** It answers what this running instance has sent. */
  void isFor(InstanceId instance) {
    awaited = instance;
  }

  /** The instance that it is for, where that does not follow from its keys. */
  @Nullable InstanceId awaited() {
    return awaited;
  }

  /** What it waits under. */
  Set<Digest> places() {
    return awaited == null ? digests : Set.of(Relating.digest(awaited));
  }

  /** Of the newest version that receives it: an older one with live instances may be the only. */
  QueuePolicy policy() {
    return versions.stream()
        .filter(v -> v.receives(name))
        .findFirst()
        .orElse(latest())
        .policy(name);
  }

  /** Whether it was sent to the endpoint reference of one instance: it starts no other. */
  boolean isToAnInstance() {
    return latest().isToAnInstance(message);
  }

  /** Whether its sender is owed a second message. */
  boolean isAnswered() {
    return versions.stream().anyMatch(v -> v.isAnswered(name));
  }
}
