package dev.parley.store;

import dev.parley.message.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Removes rows in transactions of its own; the writer waits meanwhile. */
final class SqliteLeftovers implements Leftovers {
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
  SqliteLeftovers(
      Consumer<Runnable> exclusively,
      SqliteWriter writer,
      RecentIdentities identities,
      Reader reader) {
    this.exclusively = exclusively;
    this.writer = writer;
    this.identities = identities;
    this.reader = reader;
  }

  @Override
  public void forgetIdentities(MessageId before, long most) {
    List<IdentitySlice> past = new ArrayList<>();
    exclusively.accept(
        () -> {
          if (identities.hasPast(before)) {
            writer.transact(() -> identities.forget(before));
          }
          past.addAll(identities.slices().hidePast(before, most));
        });
    if (!past.isEmpty()) {
      // Whoever was sent to one of them before has been there.
      reader.read("identities", past::size);
    }
    for (var slice : past) {
      exclusively.accept(() -> writer.transact(() -> identities.slices().drop(slice)));
    }
  }
}
