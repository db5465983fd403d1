package dev.parley.turn;

import dev.parley.message.MessageId;
import dev.parley.store.Rows.DeadLetterRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Messages that come to nobody, and those that do again: what a unit of work has decided. */
final class DeadLetters {
  private final List<DeadLetterRow> buried = new ArrayList<>();
  private final Set<MessageId> exhumed = new LinkedHashSet<>();

  void bury(DeadLetterRow row) {
    buried.add(row);
  }

  /** What was a dead letter is one no more; nothing where it was none. */
  void exhume(MessageId message) {
    if (!buried.removeIf(d -> d.message().equals(message))) {
      exhumed.add(message);
    }
  }

  boolean isDecided(MessageId message) {
    return exhumed.contains(message) || find(message).isPresent();
  }

  Optional<DeadLetterRow> find(MessageId message) {
    return buried.stream().filter(d -> d.message().equals(message)).findFirst();
  }

  void absorb(DeadLetters above) {
    above.exhumed.forEach(this::exhume);
    buried.addAll(above.buried);
  }

  List<DeadLetterRow> buried() {
    return buried;
  }

  List<MessageId> exhumed() {
    return List.copyOf(exhumed);
  }
}
