-- The paper of the delivery that announced goods were taken in with: when it is taken back, they are expected again. Null for those
-- that were taken in before this was kept.
alter table announced_deliveries add column taken_voucher text;
create index announced_deliveries_voucher on announced_deliveries (taken_voucher) where taken_voucher is not null;
