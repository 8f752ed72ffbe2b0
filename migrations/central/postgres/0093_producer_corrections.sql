-- What puts a settlement with a producer right, or takes a payment back that should not have been made: rows of their own beside those, which
-- never change. Part of the books.

-- What the producer is owed more for it, below zero for less; 0 for settlements and payments, and where money came back: then paid_vnd is
-- below zero.
alter table settlements add column adjusted_vnd bigint not null default 0;
-- The entry that it puts right, in a journal of the same store; null for settlements and payments.
alter table settlements add column corrects_incarnation uuid;
alter table settlements add column corrects_seq bigint;
-- Why, as it was typed at the store; empty for settlements and payments.
alter table settlements add column reason text not null default '';
create index settlements_corrects on settlements (store_id, corrects_incarnation, corrects_seq) where corrects_seq is not null;

-- Programs before this one kept such entries and did not understand them.
insert into refold (reason) select 'producer_corrections' where exists (select 1 from entries where kind = 'producer_adjusted');
