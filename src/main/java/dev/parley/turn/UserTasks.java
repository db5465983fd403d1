package dev.parley.turn;

import dev.parley.deployment.Element;
import dev.parley.deployment.ExecutableProcess;
import dev.parley.deployment.Expected;
import dev.parley.engine.ProcessInstance;
import dev.parley.engine.ProcessInstance.Token;
import dev.parley.engine.ProcessInstance.Waiting;
import dev.parley.expression.Value;
import dev.parley.message.Digest;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageKind;
import dev.parley.message.OperationName;
import dev.parley.store.Rows.Slot;
import dev.parley.store.Rows.SubscriptionRow;
import dev.parley.store.Store;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;

/** User tasks that wait for their completion (BPMN 2.0.2, clause 10.3.4). */
public final class UserTasks {
  /** Stands for every process. */
  public static final String OF_ALL = "";

  private static final QName USER_TASK = new QName("urn:parley:1", "userTask");

  private final Store store;
  private final Deployments deployments;

  /** Reads what has been committed; on platform threads only, as all reads of a store. */
  public UserTasks(Store store, Deployments deployments) {
    this.store = store;
    this.deployments = deployments;
  }

  /**
   * One that waits.
   *
   * @param element id of the task in the model
   * @param data its data inputs by name
   * @param expected what its completion has to give
   */
  public record Open(
      InstanceId instance,
      int token,
      String process,
      String element,
      String name,
      Instant since,
      SortedMap<String, Value> data,
      List<Expected> expected) {
    public Open {
      data = Collections.unmodifiableSortedMap(data);
      expected = List.copyOf(expected);
    }
  }

  /**
   * Those of a process, or {@link #OF_ALL}, in the order in which their instances began: so many at
   * most, after a task.
   */
  public List<Open> list(String process, InstanceId after, int token, int limit) {
    var rows = store.subscriptions(slot(process), after, token, limit);
    var instances =
        instances(rows.stream().map(SubscriptionRow::instance).collect(Collectors.toSet()));
    return rows.stream()
        .flatMap(
            r ->
                Optional.ofNullable(instances.get(r.instance())).stream()
                    .flatMap(i -> open(i, (int) r.token()).stream()))
        .toList();
  }

  /** One of them; empty where nothing of that number waits. */
  public Optional<Open> find(InstanceId instance, int token) {
    return Optional.ofNullable(instances(Set.of(instance)).get(instance))
        .flatMap(i -> open(i, token));
  }

  private Map<InstanceId, ProcessInstance> instances(Set<InstanceId> ids) {
    var view = new StoreView(store);
    return store.instances(ids).values().stream()
        .map(row -> view.decode(row).instance())
        .collect(Collectors.toMap(ProcessInstance::id, i -> i));
  }

  private Optional<Open> open(ProcessInstance instance, int id) {
    var process = deployments.process(instance);
    return instance
        .token(id)
        .filter(t -> t.waiting() instanceof Waiting.ForCompletion)
        .map(t -> open(instance, t, process));
  }

  private static Open open(ProcessInstance instance, Token token, ExecutableProcess process) {
    var node = process.node(token.node());
    var waiting = (Waiting.ForCompletion) token.waiting();
    return new Open(
        instance.id(),
        token.id(),
        process.key(),
        node.id(),
        node.name(),
        waiting.since(),
        waiting.data(),
        expected(process, token));
  }

  static List<Expected> expected(ExecutableProcess process, Token token) {
    return process.node(token.node()).element() instanceof Element.UserTask(var data)
        ? data.expected()
        : List.of();
  }

  /** Where those of a process are found, or {@link #OF_ALL}. */
  static Slot slot(String process) {
    return new Slot(
        Digest.of("userTask", process),
        new OperationName(USER_TASK, "userTask"),
        MessageKind.INPUT);
  }
}
