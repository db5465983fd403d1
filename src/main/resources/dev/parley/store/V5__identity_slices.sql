-- New identities are appended to a log and merged in its order into the open slice: a table
-- identity_<id>, made when it is opened and dropped whole. What is null is known of a closed one only.

drop table identity;
drop table identity_log_a;
drop table identity_log_b;

create table identity_log_a (
  identity blob not null,
  message integer not null,
  body integer not null
);

create table identity_log_b (
  identity blob not null,
  message integer not null,
  body integer not null
);

create table identity_slice (
  id integer primary key,
  rows integer,
  newest integer,
  filter blob
);
