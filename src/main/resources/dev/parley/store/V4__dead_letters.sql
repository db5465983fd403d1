-- Messages that came to nobody. The message itself is in table message, or outbox.

create table dead_letter (
  message integer primary key,
  direction integer not null,
  process integer not null,
  operation integer not null,
  at integer not null,
  reason text not null,
  text text not null
);

-- What waits, by whom it is for: looked at, counted when the store is opened.
create index message_waiting on message (process, operation, kind, id) where state = 0;
