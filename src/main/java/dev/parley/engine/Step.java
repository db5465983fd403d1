package dev.parley.engine;

import java.util.List;

/**
 * One move of the engine.
 *
 * @param instance after it
 * @param path numbers of the nodes that tokens came to, in order
 */
public record Step(ProcessInstance instance, List<Effect> effects, List<Integer> path) {
  public Step {
    effects = List.copyOf(effects);
    path = List.copyOf(path);
  }
}
