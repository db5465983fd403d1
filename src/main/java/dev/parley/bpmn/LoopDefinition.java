package dev.parley.bpmn;

import dev.parley.finding.Location;
import org.jspecify.annotations.Nullable;

/** How often an activity is done (BPMN 2.0.2, clause 10.3.8). */
public sealed interface LoopDefinition {

  Location location();

  /**
   * One after another as long as the condition holds.
   *
   * @param condition null: until the maximum is reached
   * @param maximum of rounds; null where there is none
   */
  record Standard(
      boolean testBefore, @Nullable Formal condition, @Nullable Integer maximum, Location location)
      implements LoopDefinition {}

  /**
   * Once for each item of a collection, or a number of times.
   *
   * @param cardinality null where there is an input collection
   * @param input id of the data object whose items are gone through; null where there is a
   *     cardinality
   * @param inputItem what one item is called inside; null where nobody asks for it
   * @param output id of the data object that takes what the instances leave; null if none
   * @param outputItem what one instance leaves, by the name it has inside
   * @param completion ends all when it holds after an instance; null if absent
   */
  record MultiInstance(
      boolean isSequential,
      @Nullable Formal cardinality,
      @Nullable String input,
      @Nullable LocalItem inputItem,
      @Nullable String output,
      @Nullable LocalItem outputItem,
      @Nullable Formal completion,
      Location location)
      implements LoopDefinition {}

  /** A data item of one instance alone. */
  record LocalItem(
      String id, String name, Definitions.@Nullable ItemDefinition item, Location location) {}
}
