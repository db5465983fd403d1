alter table instance add column note text not null default 'none';
create index instance_note on instance (note);
