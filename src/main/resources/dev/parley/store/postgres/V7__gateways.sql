-- The boot of the gateway that delivers an outbound message; 0 is none's.
alter table outbox add column gateway integer not null default 0;
