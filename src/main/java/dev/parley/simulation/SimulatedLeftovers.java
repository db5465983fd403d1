package dev.parley.simulation;

import dev.parley.message.Id;
import dev.parley.message.InstanceId;
import dev.parley.message.MessageId;
import dev.parley.store.Leftovers;
import dev.parley.store.Rows.ExchangeState;
import dev.parley.store.Rows.IdentityRow;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.store.Rows.MessageRow;
import dev.parley.store.Rows.MessageState;
import dev.parley.store.Rows.OutboxRow;
import dev.parley.store.Rows.OutboxState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Removes from the tables what is asked to be removed, at once and exactly. */
final class SimulatedLeftovers implements Leftovers {
  private static final Set<MessageState> UNTAKEN =
      Set.of(MessageState.DISCARDED, MessageState.COLLECTED, MessageState.REFUSED);

  private final Tables tables;

  SimulatedLeftovers(Tables tables) {
    this.tables = tables;
  }

  @Override
  public void forgetIdentities(MessageId before, long most) {
    var rows = tables.identities.values();
    rows.removeIf(r -> r.message().compareTo(before) < 0);
    rows.stream()
        .sorted(Comparator.comparing(IdentityRow::message))
        .limit(Math.max(0, rows.size() - most))
        .toList()
        .forEach(r -> tables.identities.remove(r.identity()));
  }

  @Override
  public int forgetAnswers(Instant before, int limit) {
    var old =
        answered().reversed().stream()
            .filter(r -> answeredAt(r).isBefore(before))
            .limit(limit)
            .toList();
    old.forEach(
        r ->
            tables.messages.put(
                r.id(),
                new MessageRow(
                    r.message(),
                    r.state(),
                    r.exchange() == ExchangeState.NONE ? r.exchange() : ExchangeState.ANSWERED,
                    r.instance(),
                    r.boot(),
                    null,
                    null)));
    return old.size();
  }

  @Override
  public Optional<Instant> answersWithin(long most, long mostBytes) {
    return answered().stream().skip(most).findFirst().map(r -> answeredAt(r).plusMillis(1));
  }

  /** Newest answer first. */
  private List<MessageRow> answered() {
    return tables.messages.values().stream()
        .filter(r -> r.state() != MessageState.WAITING)
        .filter(r -> r.answer() != null && r.expiresAt() != null)
        .sorted(
            Comparator.comparing(SimulatedLeftovers::answeredAt)
                .thenComparing(MessageRow::id)
                .reversed())
        .toList();
  }

  private static Instant answeredAt(MessageRow row) {
    return Objects.requireNonNull(row.expiresAt());
  }

  @Override
  public Optional<MessageId> deleteUntaken(MessageId after, MessageId before, int limit) {
    var found =
        tables.messages.values().stream()
            .filter(r -> UNTAKEN.contains(r.state()))
            .map(MessageRow::id)
            .filter(id -> id.compareTo(after) > 0 && id.compareTo(before) < 0)
            .limit(limit)
            .toList();
    found.stream().filter(id -> !isBuried(id)).forEach(id -> tables.messages.remove(id));
    return last(found);
  }

  private boolean isBuried(MessageId id) {
    return tables.deadLetters.containsKey(id);
  }

  @Override
  public List<InstanceId> ended(Instant before, InstanceId after, int limit) {
    return tables.instances.values().stream()
        .filter(i -> i.status() != InstanceStatus.LIVE && i.id().compareTo(after) > 0)
        .filter(i -> i.id().value() < Id.first(before))
        .filter(
            i ->
                Optional.ofNullable(tables.history.get(i.history()))
                    .filter(h -> h.at().isBefore(before))
                    .isPresent())
        .map(i -> i.id())
        .limit(limit)
        .toList();
  }

  @Override
  public void delete(List<Ended> instances) {
    for (var ended : instances) {
      var row = tables.instances.get(ended.instance());
      if (row != null && row.status() != InstanceStatus.LIVE) {
        tables.instances.remove(row.id());
        tables.keys.values().removeIf(row.id()::equals);
        tables.incidents.values().removeIf(i -> i.instance().equals(row.id()));
        ended.turns().forEach(turn -> tables.history.remove(turn));
        ended.messages().stream()
            .filter(id -> !isBuried(id))
            .forEach(id -> tables.messages.remove(id));
      }
    }
  }

  @Override
  public Optional<MessageId> deleteSettled(MessageId after, MessageId before, int limit) {
    var found =
        tables.outbox.values().stream()
            .filter(r -> r.state() != OutboxState.PENDING)
            .filter(r -> r.id().compareTo(after) > 0 && r.id().compareTo(before) < 0)
            .limit(limit)
            .toList();
    found.stream()
        .filter(r -> !tables.instances.containsKey(r.instance()) && !isBuried(r.id()))
        .forEach(r -> tables.outbox.remove(r.id()));
    return last(found.stream().map(OutboxRow::id).toList());
  }

  private static Optional<MessageId> last(List<MessageId> ids) {
    return ids.isEmpty() ? Optional.empty() : Optional.of(ids.getLast());
  }
}
