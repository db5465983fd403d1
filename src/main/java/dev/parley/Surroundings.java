package dev.parley;

import dev.parley.delivery.PartnerTransport;
import dev.parley.store.Store;
import dev.parley.turn.Checkpoint;
import dev.parley.turn.Door;
import dev.parley.turn.Time;

/**
 * What a gateway takes as given.
 *
 * @param time real, or virtual
 * @param probe is told of the points that messages pass
 * @param borders what stands between the gateway and its store and its wires
 */
public record Surroundings(Time time, Checkpoint.Probe probe, Borders borders) {

  /** The machine's clock, and nothing in between. */
  public static Surroundings real(Checkpoint.Probe probe) {
    return new Surroundings(Time.REAL, probe, new Borders() {});
  }

  /** Puts something around what the gateway would use; where it says nothing, nothing. */
  public interface Borders {
    default Store around(Store store) {
      return store;
    }

    default Door around(Door door) {
      return door;
    }

    default PartnerTransport around(PartnerTransport transport) {
      return transport;
    }
  }
}
