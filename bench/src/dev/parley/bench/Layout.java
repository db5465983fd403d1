package dev.parley.bench;

import java.util.List;
import java.util.Set;

/** A way to keep a step's rows, as it differs from the product's. */
record Layout(String name, int pageBytes, Set<Change> changes) {

  /** What is done in another way. */
  enum Change {
    ITEMS_IN_ROW,
    ITEMS_WITHOUT_ROWID,
    SUBSCRIPTION_WITH_ROWID,
    ONE_THREAD,
    SYNCHRONOUS_NORMAL,
    NO_IDENTITY,
    OUTBOX,
    MAPPED_READS
  }

  static List<Layout> all() {
    return List.of(
        new Layout("base", 4096, Set.of()),
        new Layout("outbox row too", 4096, Set.of(Change.OUTBOX)),
        new Layout("items in the instance row", 4096, Set.of(Change.ITEMS_IN_ROW)),
        new Layout("items without rowid", 4096, Set.of(Change.ITEMS_WITHOUT_ROWID)),
        new Layout("pages of 2 KiB", 2048, Set.of()),
        new Layout("pages of 8 KiB", 8192, Set.of()),
        new Layout("pages of 16 KiB", 16384, Set.of()),
        new Layout("subscription with rowid", 4096, Set.of(Change.SUBSCRIPTION_WITH_ROWID)),
        new Layout("one thread", 4096, Set.of(Change.ONE_THREAD)),
        new Layout("synchronous normal", 4096, Set.of(Change.SYNCHRONOUS_NORMAL)),
        new Layout("no identity row", 4096, Set.of(Change.NO_IDENTITY)),
        new Layout("mapped reads", 4096, Set.of(Change.MAPPED_READS)));
  }

  boolean is(Change change) {
    return changes.contains(change);
  }
}
