-- Which node opened the store when: whatever bears a boot's number bears its node with it.

create table boot (
  id integer primary key,
  node text not null,
  opened_at integer not null
);
