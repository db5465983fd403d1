package dev.parley.simulation;

import dev.parley.store.Batch;
import dev.parley.store.ReadSet;
import dev.parley.store.Store;
import dev.parley.store.StoreAround;

/**
 * A real store, of which everything is read. What is committed is written to the oracle's tables
 * too; when it is opened and closed it must hold what they hold.
 */
final class MirroredStore extends StoreAround {
  private final Store real;
  private final Tables tables;
  private final SimulatedStore.Disk disk;
  private final StoreComparison comparison;

  /** The next boot of a real store that was opened for it. */
  MirroredStore(Store real, Tables tables, SimulatedStore.Disk disk, StoreComparison comparison) {
    super(real);
    this.real = real;
    this.tables = tables;
    this.disk = disk;
    this.comparison = comparison;
    tables.boots++;
    tables.first =
        batch -> {
          real.commit(batch);
          comparison.remember(batch);
        };
    comparison.check(tables, real);
  }

  @Override
  public void commit(Batch batch, ReadSet reads) {
    if (!batch.isEmpty()) {
      tables.log.writes(bootId());
      disk.write(tables, batch);
    }
  }

  /** Not the real one, which no seed decides. */
  @Override
  public long storeId() {
    return SimulatedStore.STORE_ID;
  }

  @Override
  public void close() {
    try {
      comparison.check(tables, real);
    } finally {
      real.close();
    }
  }
}
