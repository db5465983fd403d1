-- When an operator gave an outbound message that had failed back to delivery: its time begins anew.
alter table outbox add column replayed_at bigint;

-- Those that live, by definition, page by page.
drop index instance_live;
create index instance_live on instance (definition, id) where status = 0;
