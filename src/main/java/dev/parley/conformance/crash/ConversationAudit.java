package dev.parley.conformance.crash;

import dev.parley.conformance.crash.Entry.Event;
import dev.parley.conformance.crash.Sent.Operation;
import dev.parley.conformance.crash.Violation.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Audits one conversation. */
final class ConversationAudit {
  private static final int UNAVAILABLE = 503;

  private final String key;
  private final List<Entry> entries;
  private final Set<Sent> sent;
  private final Set<Sent> acknowledged;
  private final Map<Sent, Set<String>> wireIds = new LinkedHashMap<>();
  private final Map<Sent, Set<String>> receipts = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();

  /** What is wrong; the caller adds the lines that show it. */
  record Finding(Kind kind, String text) {}

  ConversationAudit(String key, List<Entry> entries, List<Delivery> deliveries) {
    this.key = key;
    this.entries = entries;
    this.sent = having(Event.INTENT);
    this.acknowledged = having(Event.ACKNOWLEDGED);
    for (var delivery : deliveries) {
      var cause = delivery.cause();
      wireIds.computeIfAbsent(cause, _ -> new LinkedHashSet<>()).add(delivery.wireId());
      receipts.computeIfAbsent(cause, _ -> new LinkedHashSet<>()).add(delivery.receipt());
      if (!delivery.instance().equals(key)) {
        find(Kind.WRONG_INSTANCE, "%s was taken by %s".formatted(cause, delivery.instance()));
      }
    }
  }

  private Set<Sent> having(Event event) {
    return entries.stream()
        .filter(e -> e.event() == event)
        .map(Entry::sent)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  List<Finding> run() {
    outcomes();
    partner();
    var replies =
        entries.stream()
            .filter(e -> e.event() == Event.ACKNOWLEDGED)
            .filter(e -> e.sent().operation() == Operation.CLOSE)
            .map(Entry::detail)
            .distinct()
            .toList();
    if (replies.size() > 1) {
      find(Kind.DUPLICATE, "The close was answered differently: " + replies);
    }
    replies.forEach(this::reply);
    return findings;
  }

  private void outcomes() {
    sent.stream()
        .filter(s -> !acknowledged.contains(s))
        .forEach(s -> find(Kind.UNANSWERED, s + " was not acknowledged"));
    entries.stream()
        .filter(e -> e.event() == Event.REFUSED && e.status() != UNAVAILABLE)
        .forEach(e -> find(Kind.REFUSED, e.sent() + " was refused: " + e.detail()));
  }

  /** Each opening is noted and each step recorded in one message, however often that is sent. */
  private void partner() {
    for (var message : sent) {
      if (message.operation() != Operation.CLOSE) {
        count(message, wireIds.getOrDefault(message, Set.of()).size(), "messages to the partner");
      }
    }
    wireIds.keySet().stream()
        .filter(s -> !sent.contains(s))
        .forEach(
            s -> find(Kind.PHANTOM, "%s was never sent, and reached the partner".formatted(s)));
    order(sequences(wireIds.keySet().stream().toList()), "reached the partner");
  }

  private void reply(String reply) {
    var words = Arrays.asList(reply.split(" ", -1));
    if (!words.getFirst().equals(key)) {
      find(Kind.WRONG_INSTANCE, "The close was answered by " + words.getFirst());
    }
    var consumed = new ArrayList<Sent>();
    for (var word : words.subList(1, words.size())) {
      consumed.add(consumed(word));
    }
    for (var message : sent) {
      if (message.operation() == Operation.STEP) {
        int times = (int) consumed.stream().filter(message::equals).count();
        count(message, times, "effects in the instance");
      }
    }
    consumed.stream()
        .filter(s -> s.key().equals(key) && !sent.contains(s))
        .forEach(s -> find(Kind.PHANTOM, s + " was never sent, and was consumed"));
    order(sequences(consumed), "were consumed");
  }

  /** From key, sequence and receipt of a consumed step. */
  private Sent consumed(String word) {
    var parts = word.split("/", -1);
    var message = Sent.step(parts[0], Integer.parseInt(parts[1]));
    if (!parts[0].equals(key)) {
      find(Kind.WRONG_INSTANCE, "%s was consumed by %s".formatted(message, key));
    } else if (!receipts.getOrDefault(message, Set.of()).contains(parts[2])) {
      find(Kind.WRONG_INSTANCE, "%s got the receipt %s of another".formatted(message, parts[2]));
    }
    return message;
  }

  private void count(Sent message, int times, String what) {
    if (times == 0 && acknowledged.contains(message)) {
      find(Kind.LOST, "%s was acknowledged, and there are no %s".formatted(message, what));
    } else if (times > 1) {
      find(Kind.DUPLICATE, "%s has %d %s".formatted(message, times, what));
    }
  }

  private void order(List<Integer> sequences, String what) {
    if (!sequences.equals(sequences.stream().sorted().toList())) {
      find(Kind.ORDER, "The steps %s in the order %s".formatted(what, sequences));
    }
  }

  private List<Integer> sequences(List<Sent> messages) {
    return messages.stream()
        .filter(s -> s.operation() == Operation.STEP && s.key().equals(key))
        .map(Sent::sequence)
        .toList();
  }

  private void find(Kind kind, String text) {
    findings.add(new Finding(kind, text));
  }
}
