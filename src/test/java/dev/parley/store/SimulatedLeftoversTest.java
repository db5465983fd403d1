package dev.parley.store;

import dev.parley.simulation.SimulatedStore;

class SimulatedLeftoversTest extends LeftoversConformance {
  @Override
  Store open() {
    return SimulatedStore.empty();
  }
}
