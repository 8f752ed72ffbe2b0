-- With how much of what was counted a shift had begun. Of the store's cash what was counted less this is taken off, so that an operator
-- sees the drawers of open shifts alone: a drawer that was counted is emptied, and the next shift begins with its own float. Part of
-- the books.
alter table drawer_counts add column float_vnd bigint not null default 0;
insert into refold (reason) select 'drawer_floats' where exists (select 1 from entries);
