-- Instants are milliseconds since 1970, digests 16 bytes; the numbers of enum constants are in Codes.java.

create table gateway (
  id integer primary key check (id = 1),
  store bigint not null,
  boot integer not null
);

-- Which node opened the store when, and the last batch that it committed.
create table boot (
  id integer primary key,
  node text not null,
  opened_at bigint not null,
  batch bigint not null default 0
) with (fillfactor = 10);

-- Keys of processes and names of operations: everything else bears their numbers.
create table name (
  id integer generated always as identity primary key,
  text text not null unique
);

create table message (
  id bigint primary key,
  instance bigint,
  expires_at bigint,
  process integer not null,
  operation integer not null,
  boot integer not null,
  kind smallint not null,
  state smallint not null,
  exchange smallint not null,
  sender text not null,
  headers bytea,
  body bytea not null,
  answer bytea
);

create index message_expiry on message (expires_at, id) where state = 0 and expires_at is not null;

create table identity (
  identity bytea primary key,
  message bigint not null
);

-- Room on its page for an instance's next version.
create table instance (
  id bigint primary key,
  history bigint not null,
  definition integer not null,
  version integer not null,
  status smallint not null,
  state bytea not null
) with (fillfactor = 70);

create index instance_live on instance (definition) where status = 0;

create table item (
  instance bigint not null,
  item bigint not null,
  value bytea not null,
  primary key (instance, item)
);

create table subscription (
  instance bigint not null,
  token bigint not null,
  operation integer not null,
  kind smallint not null,
  key bytea not null,
  primary key (key, operation, kind, instance, token)
);

create table key (
  instance bigint not null,
  key bytea primary key
);

-- The order of a queue is the order of arrival in the database, whose clock is nobody's.
create table waiting (
  arrival bigint generated always as identity,
  message bigint not null,
  operation integer not null,
  kind smallint not null,
  key bytea not null,
  primary key (key, operation, kind, arrival)
);

create unique index waiting_message on waiting (message, key, operation, kind);

create table timer (
  due bigint not null,
  instance bigint not null,
  timer bigint not null,
  primary key (due, instance, timer)
);

create table outbox (
  id bigint primary key,
  instance bigint not null,
  token bigint not null,
  next_attempt bigint not null,
  process integer not null,
  operation integer not null,
  attempts integer not null,
  kind smallint not null,
  state smallint not null,
  sender text not null,
  endpoint text not null,
  last_error text not null,
  policy bytea not null,
  headers bytea,
  body bytea not null
);

create index outbox_pending on outbox (next_attempt, id) where state = 0;

create table history (
  id bigint primary key,
  instance bigint not null,
  previous bigint not null,
  at bigint not null,
  turn bytea not null
);

create table incident (
  id bigint primary key,
  instance bigint not null,
  at bigint not null,
  open smallint not null,
  node text not null,
  kind text not null,
  text text not null
);

create index incident_open on incident (id) where open = 1;

create table deployment (
  id bigint primary key,
  generation integer not null,
  bundle text not null,
  content bytea not null,
  archive bytea not null
);

create table deployed (
  deployment bigint not null,
  process integer not null,
  definition integer not null,
  version integer not null,
  primary key (deployment, process)
);
