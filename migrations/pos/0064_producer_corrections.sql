-- What puts a settlement with a producer right, or takes a payment back that should not have been made: rows of their own beside those, which
-- never change. No entry told of one before, so nothing is folded anew.

-- What the producer is owed more for it, below zero for less; 0 for settlements and payments, and where money came back: then paid_vnd is
-- below zero.
alter table producer_payments add column adjusted_vnd integer not null default 0;
-- The entry that it puts right, by the name of its journal; null for settlements and payments.
alter table producer_payments add column corrects_stream text;
alter table producer_payments add column corrects_seq integer;
-- Why, as it was typed; empty for settlements and payments.
alter table producer_payments add column reason text not null default '';

-- A settlement or a payment is put right under its paper.
create index producer_payments_by_number on producer_payments (number);
