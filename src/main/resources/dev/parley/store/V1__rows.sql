-- Instants are milliseconds since 1970, digests 16 bytes; the numbers of enum constants are in Codes.java.

create table gateway (
  id integer primary key check (id = 1),
  store integer not null,
  boot integer not null
);

-- Keys of processes and names of operations: everything else bears their numbers.
create table name (
  id integer primary key,
  text text not null unique
);

create table message (
  id integer primary key,
  process integer not null,
  operation integer not null,
  kind integer not null,
  state integer not null,
  exchange integer not null,
  instance integer,
  boot integer not null,
  expires_at integer,
  sender text not null,
  headers blob,
  body blob not null,
  answer blob
);

create index message_expiry on message (expires_at) where state = 0 and expires_at is not null;

create table identity (
  identity blob primary key,
  message integer not null
) without rowid;

create table instance (
  id integer primary key,
  definition integer not null,
  version integer not null,
  status integer not null,
  history integer not null,
  state blob not null
);

create index instance_live on instance (definition) where status = 0;

create table item (
  id integer primary key,
  instance integer not null,
  item integer not null,
  value blob not null,
  unique (instance, item)
);

create table subscription (
  key blob not null,
  operation integer not null,
  kind integer not null,
  instance integer not null,
  token integer not null,
  primary key (key, operation, kind, instance, token)
) without rowid;

create table key (
  key blob primary key,
  instance integer not null
) without rowid;

create table waiting (
  key blob not null,
  operation integer not null,
  kind integer not null,
  message integer not null,
  primary key (key, operation, kind, message)
) without rowid;

create index waiting_message on waiting (message);

create table timer (
  due integer not null,
  instance integer not null,
  timer integer not null,
  primary key (due, instance, timer)
) without rowid;

create table outbox (
  id integer primary key,
  process integer not null,
  operation integer not null,
  kind integer not null,
  state integer not null,
  attempts integer not null,
  next_attempt integer not null,
  instance integer not null,
  token integer not null,
  sender text not null,
  endpoint text not null,
  last_error text not null,
  policy blob not null,
  headers blob,
  body blob not null
);

create index outbox_pending on outbox (next_attempt) where state = 0;

create table history (
  id integer primary key,
  instance integer not null,
  previous integer not null,
  at integer not null,
  turn blob not null
);

create table incident (
  id integer primary key,
  instance integer not null,
  node text not null,
  kind text not null,
  text text not null,
  at integer not null,
  open integer not null
);

create index incident_open on incident (id) where open = 1;

create table deployment (
  id integer primary key,
  generation integer not null,
  bundle text not null,
  content blob not null,
  archive blob not null
);

create table deployed (
  deployment integer not null,
  process integer not null,
  definition integer not null,
  version integer not null,
  primary key (deployment, process)
) without rowid;
