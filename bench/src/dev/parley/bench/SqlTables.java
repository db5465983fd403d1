package dev.parley.bench;

import static dev.parley.bench.Layout.Change.ITEMS_IN_ROW;
import static dev.parley.bench.Layout.Change.ITEMS_WITHOUT_ROWID;
import static dev.parley.bench.Layout.Change.SUBSCRIPTION_WITH_ROWID;

import java.sql.Connection;
import java.sql.SQLException;

/** A layout's tables and what is in them before anything is measured. */
record SqlTables(Layout layout, Connection writing) {
  private static final int IDENTITIES = 500_000;

  void create() throws SQLException {
    SqlTarget.run(
        writing,
        """
        create table message (id integer primary key, process, operation, kind, state, exchange, instance, boot,
          expires_at, sender, headers, body, answer);
        create index message_expiry on message (expires_at) where state = 0 and expires_at is not null;
        create table identity (identity blob primary key, message) without rowid;
        create table instance (id integer primary key, definition, version, status, history, state, item);
        create index instance_live on instance (definition) where status = 0;
        create table item (%s instance integer not null, item integer not null, value, %s (instance, item)) %s;
        create table subscription (key blob, operation integer, kind integer, instance integer, token integer,
          primary key (key, operation, kind, instance, token)) %s;
        create table outbox (id integer primary key, process, operation, kind, state, attempts, next_attempt,
          instance, token, sender, endpoint, last_error, policy, headers, body);
        create index outbox_pending on outbox (next_attempt) where state = 0;
        create table history (id integer primary key, instance, previous, at, turn);
        """
            .formatted(
                layout.is(ITEMS_WITHOUT_ROWID) ? "" : "id integer primary key,",
                layout.is(ITEMS_WITHOUT_ROWID) ? "primary key" : "unique",
                layout.is(ITEMS_WITHOUT_ROWID) ? "without rowid" : "",
                layout.is(SUBSCRIPTION_WITH_ROWID) ? "" : "without rowid"));
  }

  void populate() throws SQLException {
    SqlTarget.run(writing, "begin");
    boolean inRow = layout.is(ITEMS_IN_ROW);
    try (var instance =
            writing.prepareStatement("insert into instance values (?, 1, 1, 0, 0, ?, ?)");
        var item =
            writing.prepareStatement("insert into item (instance, item, value) values (?, 1, ?)");
        var subscription =
            writing.prepareStatement("insert into subscription values (?, 1, 0, ?, 1)")) {
      for (int i = 1; i <= Step.INSTANCES; i++) {
        instance.setInt(1, i);
        instance.setBytes(2, Step.STATE);
        instance.setBytes(3, inRow ? Step.ITEM : null);
        instance.executeUpdate();
        item.setInt(1, i);
        item.setBytes(2, Step.ITEM);
        if (!inRow) {
          item.executeUpdate();
        }
        subscription.setBytes(1, Step.key(i).toBytes());
        subscription.setInt(2, i);
        subscription.executeUpdate();
      }
    }
    SqlTarget.run(
        writing,
        "insert into identity with recursive n (i) as (select 1 union all select i + 1 from n"
            + " where i < %d) select randomblob(16), i from n; commit; pragma wal_checkpoint(truncate)"
                .formatted(IDENTITIES));
  }
}
