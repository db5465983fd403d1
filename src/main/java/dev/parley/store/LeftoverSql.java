package dev.parley.store;

import dev.parley.store.Rows.ExchangeState;
import java.util.List;

/** Statements about leftovers that both databases understand. */
final class LeftoverSql {
  /** Before an instant; limit. */
  static final String OLD_ANSWERS =
      "select id from message where answer is not null and expires_at < ?"
          + " and state <> 0 order by expires_at, id limit ?";

  /** For the messages to be found by {@code where}. */
  static final String FORGET_ANSWER =
      "update message set answer = null, expires_at = null, exchange = case exchange when %1$d then"
              .formatted(Codes.EXCHANGE.of(ExchangeState.NONE))
          + " exchange else %d end where answer is not null and expires_at is not null"
              .formatted(Codes.EXCHANGE.of(ExchangeState.ANSWERED))
          + " and state <> 0 and ";

  /** How many; bytes. */
  static final String ANSWERS_OVER =
      "select expires_at from (select expires_at, row_number() over w as place,"
          + " sum(length(answer)) over w as total from message"
          + " where answer is not null and expires_at is not null and state <> 0"
          + " window w as (order by expires_at desc, id desc"
          + " rows between unbounded preceding and current row)) a"
          + " where place > ? or total > ? order by expires_at desc limit 1";

  /** After a message; before a message; limit. */
  static final String UNTAKEN =
      "select m.id from message m where m.state >= 2 and m.id > ? and m.id < ?"
          + " order by m.id limit ?";

  static final String DELETE_UNTAKEN =
      "delete from message where state >= 2 and" + noDeadLetter("message");

  /** Before an instant; after an instance; before an instance; limit. */
  static final String ENDED =
      "select i.id from instance i join history h on h.id = i.history where i.status <> 0"
          + " and h.at < ? and i.id > ? and i.id < ? order by i.id limit ?";

  static final String DELETE_ENDED = "delete from instance where status <> 0 and ";

  static final String DELETE_TAKEN =
      "delete from message where state <> 0 and" + noDeadLetter("message");

  /** After a message; before a message; limit. */
  static final String SETTLED =
      "select o.id, (case when exists (select 1 from instance i where i.id = o.instance) then 1"
          + " else 0 end) from outbox o where o.state <> 0 and o.id > ? and o.id < ?"
          + " order by o.id limit ?";

  static final String DELETE_SETTLED =
      "delete from outbox where state <> 0 and" + noDeadLetter("outbox");

  /** Tables whose rows go with their instance. */
  static final List<String> WITH_INSTANCE = List.of("item", "key", "incident");

  private LeftoverSql() {}

  private static String noDeadLetter(String table) {
    return " not exists (select 1 from dead_letter d where d.message = %s.id) and "
        .formatted(table);
  }
}
