package dev.parley.turn;

import dev.parley.correlation.CorrelationKey;
import dev.parley.correlation.KeySet;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.ExecutableProcess.MessageName;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.ProcessInstance.Catch;
import dev.parley.engine.TurnCodec;
import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.store.Rows.HistoryRow;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who waits where for which message, for operators; on platform threads only. */
public final class OpenReceives {
  private static final int CHUNK = 200;

  /** Instances looked at for one page: a rare operation among a million of them takes several. */
  private static final int MOST = 5_000;

  private final Store store;
  private final Deployments deployments;

  public OpenReceives(Store store, Deployments deployments) {
    this.store = store;
    this.deployments = deployments;
  }

  /**
   * One of them.
   *
   * @param keys that messages for it are found by, as text
   * @param since when its element was last come to
   */
  public record Open(
      InstanceId instance,
      String process,
      int version,
      String element,
      String name,
      MessageName message,
      List<String> keys,
      Instant since) {
    public Open {
      keys = List.copyOf(keys);
    }
  }

  /**
   * Some of them, all of one instance together.
   *
   * @param next the instance after which there may be more; null where there are none
   */
  public record Page(List<Open> open, @Nullable InstanceId next) {
    public Page {
      open = List.copyOf(open);
    }
  }

  /**
   * Which are looked at.
   *
   * @param process key of one process; empty: whatever it is
   * @param operation local name of an operation, or name of a message; empty: whatever it is
   */
  public record Filter(String process, String operation) {
    boolean admits(ExecutableProcess candidate) {
      return process.isEmpty() || process.equals(candidate.key());
    }

    boolean admits(MessageName message) {
      return operation.isEmpty() || operation.equals(message.operation().operation());
    }
  }

  /** By instance, after one of them; at least so many, where there are as many. */
  public Page list(Filter filter, InstanceId after, int limit) {
    var definitions = definitions(filter);
    var open = new ArrayList<Open>();
    var last = after;
    for (int seen = 0; seen < MOST && open.size() < limit; ) {
      var ids = live(definitions, last);
      if (ids.isEmpty()) {
        return new Page(open, null);
      }
      for (var id : ids) {
        open.addAll(of(id, filter));
        last = id;
        seen++;
        if (open.size() >= limit) {
          break;
        }
      }
    }
    return new Page(open, last);
  }

  private List<Integer> definitions(Filter filter) {
    return deployments.latest().stream()
        .filter(latest -> filter.admits(latest.process()))
        .flatMap(latest -> deployments.versions(latest.process().key()).stream())
        .filter(version -> version.received().stream().anyMatch(filter::admits))
        .map(ProcessVersion::definition)
        .toList();
  }

  private List<InstanceId> live(List<Integer> definitions, InstanceId after) {
    var ids = new TreeSet<InstanceId>();
    definitions.forEach(d -> ids.addAll(store.liveInstances(d, after, CHUNK)));
    return ids.stream().limit(CHUNK).toList();
  }

  /**
   * Those that a message with this value of a key is found by.
   *
   * @param value of the only property of any key, NAME=VALUE for the key of that name, values of
   *     several properties joined by +
   */
  public Page of(String value, Filter filter, InstanceId after, int limit) {
    var ids = new TreeSet<InstanceId>();
    for (var slot : slots(value, filter)) {
      store.subscriptions(slot, after, Long.MAX_VALUE, limit + 1).stream()
          .forEach(row -> ids.add(row.instance()));
    }
    var open = new ArrayList<Open>();
    var last = after;
    for (var id : ids) {
      if (open.size() >= limit) {
        return new Page(open, last);
      }
      of(id, filter).stream().filter(o -> bears(o, value)).forEach(open::add);
      last = id;
    }
    return new Page(open, null);
  }

  private static boolean bears(Open open, String value) {
    return open.keys().stream().anyMatch(k -> k.equals(value) || k.endsWith("=" + value));
  }

  private Set<Slot> slots(String value, Filter filter) {
    var slots = new LinkedHashSet<Slot>();
    for (int definition : definitions(filter)) {
      var version = deployments.definition(definition);
      var process = version.process();
      for (var key : process.keys()) {
        var values = values(key, value);
        version.received().stream()
            .filter(m -> !values.isEmpty() && filter.admits(m))
            .forEach(m -> slots.add(Subscriptions.slot(m, digest(process, key, values))));
      }
    }
    return slots;
  }

  private static Digest digest(
      ExecutableProcess process, ExecutableProcess.Key key, List<String> values) {
    return Subscriptions.digest(process, KeySet.of(Map.of(key.index(), values)), key.index());
  }

  private static List<String> values(ExecutableProcess.Key key, String text) {
    String prefix = key.name() + "=";
    String value = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    var values = Arrays.asList(value.split("\\+", -1));
    return key.properties().size() == 1
        ? List.of(value)
        : values.size() == key.properties().size() ? values : List.of();
  }

  private List<Open> of(InstanceId id, Filter filter) {
    var row = store.instances(List.of(id)).get(id);
    if (row == null) {
      return List.of();
    }
    var instance = new StoreView(store).decode(row).instance();
    var version = deployments.definition(instance.definition());
    var turns = new ArrayList<HistoryRow>();
    var open = new ArrayList<Open>();
    for (var caught : instance.catches()) {
      var node = version.process().node(caught.node());
      var receive = node.element().receive().filter(r -> !r.isResponse());
      if (receive.isPresent() && filter.admits(receive.get().message())) {
        if (turns.isEmpty()) {
          turns.addAll(store.history(id));
        }
        open.add(open(instance, version, caught, receive.get().message(), turns));
      }
    }
    return open;
  }

  private static Open open(
      ProcessInstance instance,
      ProcessVersion version,
      Catch caught,
      MessageName message,
      List<HistoryRow> turns) {
    var process = version.process();
    var node = process.node(caught.node());
    return new Open(
        instance.id(),
        process.key(),
        version.version(),
        node.id(),
        node.name(),
        message,
        keys(process, instance.keys(caught.scope()), message),
        since(instance, caught, turns));
  }

  /** The keys of a set that this message has values for. */
  private static List<String> keys(ExecutableProcess process, KeySet held, MessageName message) {
    return process.extraction(message.operation(), message.kind()).stream()
        .flatMap(e -> e.keys().stream())
        .filter(k -> held.has(k.key()))
        .map(k -> held.key(process.key(), process.keys().get(k.key()).name(), k.key()))
        .map(CorrelationKey::toString)
        .toList();
  }

  /** The last turn that came to its element; for an event sub-process, the first one of all. */
  private static Instant since(ProcessInstance instance, Catch caught, List<HistoryRow> turns) {
    int owner =
        instance.listeners().stream()
            .filter(l -> l.id() == caught.id())
            .map(ProcessInstance.Listener::owner)
            .findFirst()
            .orElse(caught.id());
    var node = instance.token(owner).map(ProcessInstance.Token::node);
    return turns.reversed().stream()
        .filter(t -> node.isPresent() && TurnCodec.decode(t.turn()).path().contains(node.get()))
        .findFirst()
        .or(() -> Optional.of(turns.getFirst()))
        .map(HistoryRow::at)
        .orElseThrow();
  }
}
