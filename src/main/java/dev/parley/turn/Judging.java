package dev.parley.turn;

import dev.parley.correlation.Correlation;
import dev.parley.correlation.CorrelationKey;
import dev.parley.correlation.Situation.Holder;
import dev.parley.deployment.QueuePolicy;
import dev.parley.engine.ProcessInstance;
import dev.parley.message.InstanceId;
import dev.parley.turn.Explanation.Outcome;
import dev.parley.turn.Explanation.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Tells a decision in the words of the model: elements by their ids, keys by their names. */
final class Judging {
  private final Journey journey;
  private final Arriving.Considered considered;

  Judging(Journey journey, Arriving.Considered considered) {
    this.journey = journey;
    this.considered = considered;
  }

  Explanation.Judgement judgement() {
    var situation = considered.situation();
    var rule = considered.decision().rule();
    return new Explanation.Judgement(
        situation.keys().stream().map(CorrelationKey::toString).toList(),
        situation.enabled().stream().map(e -> receive(e.instance(), e.token())).toList(),
        situation.holders().stream().map(this::candidate).toList(),
        start(situation.start()),
        situation.load().inConversation(),
        new Explanation.Reason(rule.wireName(), rule.text()),
        settings(rule.setting()),
        outcome(considered.decision().correlation()));
  }

  private Explanation.Receive receive(InstanceId id, int token) {
    var instance = instance(id);
    int node = instance.catchOf(token).orElseThrow().node();
    var found = version(instance).process().node(node);
    return new Explanation.Receive(id, found.id(), found.name());
  }

  private Explanation.Candidate candidate(Holder holder) {
    var instance = instance(holder.instance());
    var version = version(instance);
    var process = version.process();
    var keys =
        instance.scopes().stream()
            .flatMap(s -> Subscriptions.keys(process, s.keys()).stream())
            .map(CorrelationKey::toString)
            .distinct()
            .toList();
    return new Explanation.Candidate(
        holder.instance(),
        version.version(),
        holder.live(),
        holder.belongs(),
        holder.canReceive(),
        keys,
        instance.tokens().stream().map(t -> process.node(t.node()).id()).distinct().toList());
  }

  private Optional<String> start(OptionalInt node) {
    return node.isPresent() ? Optional.of(startElement(node.getAsInt())) : Optional.empty();
  }

  private String startElement(int node) {
    return considered.incoming().latest().process().node(node).id();
  }

  private Outcome outcome(Correlation correlation) {
    return switch (correlation) {
      case Correlation.Matched(var id, int token) -> {
        var element = receive(id, token).element();
        yield outcome("consumed", Optional.of(id), Optional.of(element));
      }
      case Correlation.Instantiates(int node) ->
          outcome("started", Optional.empty(), Optional.of(startElement(node)));
      case Correlation.Queued(var expires) ->
          new Outcome(
              "queued",
              Optional.empty(),
              Optional.empty(),
              Optional.ofNullable(expires),
              Optional.empty());
      case Correlation.Discarded _ -> outcome("discarded", Optional.empty(), Optional.empty());
      case Correlation.Refused(var fault) ->
          new Outcome(
              "refused", Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(fault));
    };
  }

  private static Outcome outcome(
      String state, Optional<InstanceId> instance, Optional<String> element) {
    return new Outcome(state, instance, element, Optional.empty(), Optional.empty());
  }

  private ProcessInstance instance(InstanceId id) {
    return journey.work().instance(id).orElseThrow().instance();
  }

  private ProcessVersion version(ProcessInstance instance) {
    return journey.deployments().definition(instance.definition());
  }

  private List<Setting> settings(String decisive) {
    var policy = considered.incoming().policy();
    var settings = new ArrayList<Setting>();
    switch (decisive) {
      case "onEarly" -> {
        settings.add(setting(policy, "onEarly", word(policy.onEarly())));
        var keep = policy.keepEarly();
        if (keep != null) {
          settings.add(setting(policy, "keepEarly", keep.toString()));
        }
      }
      case "onUnknown" -> {
        settings.add(setting(policy, "onUnknown", word(policy.onUnknown())));
        settings.add(setting(policy, "keepUnknown", policy.keepUnknown().toString()));
      }
      case "onLate" -> settings.add(setting(policy, "onLate", word(policy.onLate())));
      case "onHeldKey" -> settings.add(setting(policy, "onHeldKey", word(policy.onHeldKey())));
      default -> {}
    }
    if (decisive.equals("onEarly") || decisive.equals("onUnknown")) {
      String most = String.valueOf(policy.bounds().perConversation());
      settings.add(setting(policy, "maxPerConversation", most));
    }
    return settings;
  }

  private static Setting setting(QueuePolicy policy, String name, String value) {
    return new Setting(name, value, policy.origins().getOrDefault(name, ""));
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
