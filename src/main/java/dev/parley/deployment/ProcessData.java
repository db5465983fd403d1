package dev.parley.deployment;

import java.util.List;

/**
 * What whoever starts a process may give it, and what it gives back when it has ended: its data
 * inputs and outputs, or all of its data objects where it declares none (BPMN 2.0.2, clause
 * 10.4.2).
 */
public record ProcessData(List<Given> inputs, List<Given> outputs) {
  public ProcessData {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Item is the number of the data item that holds it. */
  public record Given(Expected expected, int item) {}

  /** What somebody who starts the process has to give. */
  public List<Expected> expected() {
    return inputs.stream().map(Given::expected).toList();
  }
}
