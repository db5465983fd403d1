package dev.parley.turn;

import dev.parley.store.Rows.OutboxRow;
import java.util.List;

/** Told what a commit released, on the thread that committed: must not block. */
public interface Committed {
  /** These outbound messages are durable now and may be sent. */
  void committed(List<OutboxRow> outbound);
}
