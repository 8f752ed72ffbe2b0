-- The store's part of settlements that the operator made with a producer over several stores, as central tells of them.

create table joint_parts (
    part_id blob primary key,
    -- The number of the whole.
    number text not null,
    producer_id blob not null,
    -- What the operator sent for this store.
    paid_vnd integer not null,
    paid_on text not null
) strict, without rowid;

-- Which part a settlement or payment records. No entry named one before, so nothing is folded anew.
alter table producer_payments add column joint_part blob;
create index producer_payments_by_joint_part on producer_payments (joint_part) where joint_part is not null;

-- A part may be in what another computer of the store wrote: it is recorded here once that was fetched from central.
alter table streams add column caught_up integer not null default 0 check (caught_up in (0, 1));
