package dev.parley.store;

import dev.parley.message.MessageId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Removes rows in transactions of its own; the writer waits meanwhile. */
final class PostgresLeftovers implements Leftovers {
  private final Consumer<Runnable> exclusively;
  private final PostgresWriter writer;
  private final PostgresIdentities identities;

  /**
   * Of a store.
   *
   * @param exclusively runs something while nobody else writes
   */
  PostgresLeftovers(
      Consumer<Runnable> exclusively, PostgresWriter writer, PostgresIdentities identities) {
    this.exclusively = exclusively;
    this.writer = writer;
    this.identities = identities;
  }

  @Override
  public void forgetIdentities(MessageId before, long most) {
    List<IdentitySlice> past = new ArrayList<>();
    exclusively.accept(
        () -> {
          if (identities.isOpenPast(before)) {
            writer.transact(identities::roll);
          }
          past.addAll(identities.hidePast(before, most));
        });
    for (var slice : past) {
      exclusively.accept(
          () -> writer.transact(connection -> PostgresIdentities.drop(slice, connection)));
    }
  }
}
