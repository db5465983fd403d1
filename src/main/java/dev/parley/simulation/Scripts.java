package dev.parley.simulation;

import dev.parley.simulation.Letter.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What clients mean to say in a conversation, in and out of order. */
final class Scripts {
  private static final Map<String, List<Template>> STEPS =
      Map.of(
          "order",
          List.of(
              new Template("order", "place", "order", true),
              new Template("order", "pay", "payment", false),
              new Template("order", "deliverTo", "address", false)),
          "inspection",
          List.of(
              new Template("inspection", "begin", "inspection", false),
              new Template("inspection", "left", "left", false),
              new Template("inspection", "right", "right", false),
              new Template("inspection", "left", "left", false)),
          "basket",
          List.of(
              new Template("basket", "open", "basket", false),
              new Template("basket", "add", "item", true),
              new Template("basket", "add", "item", true),
              new Template("basket", "add", "item", true)),
          "insurance",
          List.of(
              new Template("insurance", "file", "report", false),
              new Template("insurance", "assess", "assessment", false),
              new Template("insurance", "settle", "settlement", true)));

  private final World world;
  private final Clients clients;
  private int letters;

  Scripts(World world, Clients clients) {
    this.world = world;
    this.clients = clients;
  }

  void write() {
    var processes = STEPS.keySet().stream().sorted().toList();
    var chance = world.chance();
    for (int i = 0; i < world.swarm().conversations(); i++) {
      boolean sameKey = i > 0 && chance.percent(world.swarm().sameKeys());
      String name = "c" + (sameKey ? chance.below(i) : i);
      converse(chance.oneOf(processes), name, chance.upTo(Duration.ofHours(24)));
    }
  }

  private void converse(String process, String name, Duration begin) {
    var chance = world.chance();
    var swarm = world.swarm();
    var steps = new ArrayList<>(STEPS.getOrDefault(process, List.of()));
    if (chance.percent(swarm.extras())) {
      steps.add(chance.oneOf(steps));
      steps.add(chance.oneOf(steps));
    }
    steps.removeIf(_ -> chance.percent(swarm.dropped()));
    if (chance.percent(swarm.shuffled())) {
      chance.shuffle(steps);
    }
    var when = begin;
    var first = STEPS.getOrDefault(process, List.of()).getFirst();
    for (var step : steps) {
      var letter = letter(step, name);
      if (!step.equals(first) && chance.percent(swarm.keyless())) {
        letter.keys.clear();
      }
      clients.write(letter, when);
      when = when.plus(chance.upTo(swarm.gaps()));
    }
  }

  private Letter letter(Template step, String name) {
    var chance = world.chance();
    var keys = new TreeMap<String, String>();
    switch (step.process()) {
      case "order" -> keys.put("orderId", name);
      case "inspection" -> keys.put("caseId", name);
      case "basket" -> keys.put("basketId", name);
      default -> {
        boolean fileOnly = step.operation().equals("settle") && chance.percent(30);
        if (!fileOnly) {
          keys.put("customer", name);
          keys.put("claim", "1");
        }
        if (!step.operation().equals("file")) {
          boolean foreign = chance.percent(world.swarm().foreignKeys());
          keys.put("fileNo", "file-" + (foreign ? "c" + chance.below(4) : name));
        }
      }
    }
    var patience =
        chance.percent(world.swarm().impatient())
            ? Duration.ofSeconds(1L + chance.below(3600))
            : Duration.ofDays(60);
    return new Letter("%s.%d".formatted(name, ++letters), step, keys, patience);
  }
}
