-- Where what has ended is found. Whoever still runs has no entry here; those that come in go, but for
-- keys held anew, to the end of their index.

create index message_answered on message (expires_at, id) where answer is not null;

-- Discarded, collected, refused: see Codes.java.
create index message_untaken on message (id) where state >= 2;

create index instance_ended on instance (id) where status <> 0;
create index outbox_settled on outbox (id, instance, state) where state <> 0;
create index key_instance on key (instance);
create index incident_instance on incident (instance);
