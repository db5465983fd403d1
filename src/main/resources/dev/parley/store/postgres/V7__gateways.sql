-- The boot of the gateway that delivers an outbound message; 0 is none's.
alter table outbox add column gateway integer not null default 0;

-- Each gateway looks for its own; what is nobody's any more is found without reading the rest.
drop index outbox_pending;
create index outbox_pending on outbox (gateway, next_attempt, id) where state = 0;

-- Commits of all gateways are numbered one after another: this row is locked from the number to COMMIT.
-- Of the commit log what is not after "pruned" may be gone; "slice" is the open slice of identities.
alter table gateway
  add column commits bigint not null default 0,
  add column gateways integer not null default 0,
  add column pruned bigint not null default 0,
  add column slice bigint not null default 1;
alter table gateway set (fillfactor = 10);

-- Null while that gateway is up. An older gateway had the database for itself.
alter table boot add column ended_at bigint;
update boot set ended_at = opened_at;
create index boot_up on boot (id) where ended_at is null;

-- What was committed while several gateways were up: what decisions may rest on ("written"), and what the
-- others act on ("news", "identities", and the slices that were opened and dropped, where there are any).
create table commit_log (
  number bigint primary key,
  boot integer not null,
  slice bigint,
  dropped bigint,
  written bytea not null,
  news bytea not null,
  identities bytea not null
);

-- Two gateways that deploy at one moment do not give the same numbers.
create unique index deployment_generation on deployment (generation);

do $$
begin
  if not exists (select 1 from identity_slice) then
    create table identity_1 (message bigint not null, body bigint not null, identity bytea primary key);
    insert into identity_slice (id) values (1);
  end if;
end
$$;

update gateway set slice = (select max(id) from identity_slice);
