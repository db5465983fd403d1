package dev.parley.deployment;

import dev.parley.deployment.Interaction.Keep;
import dev.parley.deployment.Interaction.Outgoing;
import java.util.List;

/** The data inputs and outputs of an activity by name, compiled (BPMN 2.0.2, clause 10.4.2). */
public record ActivityData(List<Input> inputs, List<Output> outputs) {
  public ActivityData {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** What the activity is given when it begins; Nothing where no association fills it. */
  public record Input(String name, Outgoing value, boolean isOptional) {}

  /** What the activity leaves when it ends. */
  public record Output(Expected expected, List<Keep> keeps) {
    public Output {
      keeps = List.copyOf(keeps);
    }
  }

  /** What somebody who completes the activity has to give. */
  public List<Expected> expected() {
    return outputs.stream().map(Output::expected).toList();
  }
}
