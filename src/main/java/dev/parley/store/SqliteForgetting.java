package dev.parley.store;

import dev.parley.message.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Drops identities whose time is over, a slice at a time. */
final class SqliteForgetting {
  private final Consumer<Runnable> exclusively;
  private final SqliteWriter writer;
  private final RecentIdentities identities;
  private final Reader reader;

  /**
   * Of a store.
   *
   * @param exclusively runs something while nobody else writes
   * @param reader that looks for identities
   */
  SqliteForgetting(
      Consumer<Runnable> exclusively,
      SqliteWriter writer,
      RecentIdentities identities,
      Reader reader) {
    this.exclusively = exclusively;
    this.writer = writer;
    this.identities = identities;
    this.reader = reader;
  }

  void forget(MessageId before, long most) {
    List<IdentitySlice> past = new ArrayList<>();
    exclusively.accept(
        () -> {
          if (identities.hasPast(before)) {
            writer.transact(() -> identities.forget(before));
          }
          past.addAll(identities.slices().hidePast(before, most));
        });
    if (!past.isEmpty()) {
      // Whoever was sent to one of them before has been there when this has had its turn.
      reader.read("identities", past::size);
    }
    for (var slice : past) {
      exclusively.accept(() -> writer.transact(() -> identities.slices().drop(slice)));
    }
  }
}
