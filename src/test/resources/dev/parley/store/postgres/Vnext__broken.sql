alter table instance add column note text;
insert into nowhere values (1);
