-- When an operator gave an outbound message that had failed back to delivery: its time begins anew.
alter table outbox add column replayed_at integer;
