-- The boot of the gateway that delivers an outbound message; 0 is none's.
alter table outbox add column gateway integer not null default 0;

-- Each looks for its own; what was an earlier one's is found without reading the rest.
drop index outbox_pending;
create index outbox_pending on outbox (gateway, next_attempt, id) where state = 0;
