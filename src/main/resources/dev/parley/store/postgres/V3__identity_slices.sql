-- Identities are in slices: a table identity_<id> each, made when it is opened and dropped whole.
-- What is null is known of a closed one only.

drop table identity;

create table identity_slice (
  id bigint primary key,
  rows integer,
  newest bigint,
  filter bytea
);
