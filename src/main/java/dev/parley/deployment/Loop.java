package dev.parley.deployment;

import dev.parley.expression.Expression;
import org.jspecify.annotations.Nullable;

/** How often an activity is done, compiled (BPMN 2.0.2, clause 10.3.8). */
public sealed interface Loop {

  /** Stands where no data item or number is given. */
  int NONE = -1;

  /** Number of the scope definition of one round. */
  int scope();

  /** A null condition always holds; maximum is {@link #NONE} where there is none. */
  record Standard(int scope, boolean testBefore, @Nullable Expression condition, int maximum)
      implements Loop {}

  /**
   * Input, inputItem, output and outputItem are numbers of data items, or {@link #NONE}.
   *
   * @param cardinality null where input is given
   * @param completion null where all instances have to complete
   */
  record MultiInstance(
      int scope,
      boolean isSequential,
      @Nullable Expression cardinality,
      int input,
      int inputItem,
      int output,
      int outputItem,
      @Nullable Expression completion)
      implements Loop {}
}
