package dev.parley.turn;

import dev.parley.correlation.KeySet;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.ProcessInstance.Scope;
import dev.parley.engine.Prospects;
import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.Message;
import dev.parley.store.Rows.QueueName;
import java.util.List;

/** Who may yet take a message that waits. */
final class Takers {
  private final UnitOfWork work;
  private final Deployments deployments;

  Takers(Journey journey) {
    this.work = journey.work();
    this.deployments = journey.deployments();
  }

  /** Whether anything waits for a process; known without asking the store. */
  boolean areWanted(String process) {
    return deployments.versions(process).stream()
        .flatMap(v -> v.taken().stream())
        .map(m -> new QueueName(process, m.operation(), m.kind()))
        .anyMatch(q -> work.queue(q).messages() > 0);
  }

  /** Whether another running instance that it belongs to may take it. */
  boolean hasOther(Message message, InstanceId than) {
    for (var version : deployments.versions(message.process())) {
      var process = version.process();
      for (var digest : Subscriptions.digests(process, Subscriptions.keys(process, message))) {
        var other = work.holder(digest).filter(h -> !h.equals(than)).flatMap(work::instance);
        if (other.filter(o -> mayTake(o.instance(), digest, message)).isPresent()) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean mayTake(ProcessInstance instance, Digest digest, Message message) {
    var process = deployments.process(instance);
    return Subscriptions.held(process, instance).contains(digest)
        && mayTake(process, instance, message);
  }

  private static boolean mayTake(
      ExecutableProcess process, ProcessInstance instance, Message message) {
    return Prospects.mayTake(
        process, instance, MessageName.of(message), Subscriptions.keys(process, message));
  }

  /**
   * Whether it belongs to this running instance by a key that no other one may hold, and nothing
   * can take it any more. One that may start an instance waits for this one's end.
   */
  boolean areNone(Message message, ProcessInstance instance) {
    var process = deployments.process(instance);
    return !mayTake(process, instance, message)
        && !mayStart(message)
        && isOnlyOf(process, instance, message)
        && !hasOther(message, instance.id());
  }

  private boolean mayStart(Message message) {
    return deployments
        .latest(message.process())
        .filter(latest -> latest.startFor(MessageName.of(message)).isPresent())
        .filter(latest -> !latest.isToAnInstance(message))
        .isPresent();
  }

  private boolean isOnlyOf(ExecutableProcess process, ProcessInstance instance, Message message) {
    var keys = Subscriptions.keys(process, message);
    return instance.scopes().stream()
        .filter(s -> s.state() != Scope.State.ENDED)
        .map(s -> instance.keys(s.id()))
        .filter(keys::belongsTo)
        .anyMatch(held -> hasExclusive(process, keys, held, message));
  }

  private boolean hasExclusive(
      ExecutableProcess process, KeySet keys, KeySet held, Message message) {
    var versions = deployments.versions(message.process());
    return keys.values().keySet().stream()
        .filter(held::has)
        .anyMatch(
            key ->
                versions.stream().allMatch(v -> v.keepsApart(process.keys().get(key).name()))
                    && isSeenByAll(versions, message, Subscriptions.digest(process, keys, key)));
  }

  /** A version that does not see the key in the message could take it by another one. */
  private static boolean isSeenByAll(
      List<ProcessVersion> versions, Message message, Digest digest) {
    return versions.stream()
        .filter(v -> v.receives(MessageName.of(message)))
        .map(ProcessVersion::process)
        .allMatch(p -> Subscriptions.digests(p, Subscriptions.keys(p, message)).contains(digest));
  }
}
