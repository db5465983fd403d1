-- New identities are appended here and merged into table identity in its order. The two take turns.

create table identity_log_a (
  identity blob not null,
  message integer not null
);

create table identity_log_b (
  identity blob not null,
  message integer not null
);
