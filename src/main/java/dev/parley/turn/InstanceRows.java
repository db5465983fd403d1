package dev.parley.turn;

import dev.parley.engine.InstanceCodec;
import dev.parley.expression.Value;
import dev.parley.message.Blob;
import dev.parley.store.Rows.InstanceRow;
import dev.parley.store.Rows.InstanceStatus;
import dev.parley.turn.View.Loaded;
import java.util.HashMap;
import java.util.Map;

/** Instances as the store keeps them. */
final class InstanceRows {
  private InstanceRows() {}

  /** With those data items that were other ones before. */
  static InstanceRow of(Loaded loaded, Map<Long, Value> itemsBefore) {
    var instance = loaded.instance();
    var items = new HashMap<Long, Blob>();
    var now = instance.ownItems();
    now.forEach(
        (item, value) -> {
          if (!value.equals(itemsBefore.get(item))) {
            items.put(item, value.encode());
          }
        });
    itemsBefore.keySet().stream()
        .filter(item -> !now.containsKey(item))
        .forEach(item -> items.put(item, Blob.EMPTY));
    return new InstanceRow(
        instance.id(),
        instance.definition(),
        loaded.rowVersion(),
        InstanceStatus.valueOf(instance.status().name()),
        InstanceCodec.encode(instance),
        items,
        loaded.history());
  }
}
