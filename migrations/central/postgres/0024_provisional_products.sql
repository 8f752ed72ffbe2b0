-- Products that a store added at its counter: who told of them, with which barcode, and which product of the catalogue they turned
-- out to be. Their sales stay theirs; reports count them under the other one.

alter table products add column told_by uuid;
alter table products add column told_barcode text;
-- Null until somebody merged it.
alter table products add column merged_into uuid;
create index products_merged on products (merged_into, id) where merged_into is not null;
-- Those that wait for somebody to confirm or merge them.
create index products_waiting on products (name_fold, id) where status = 'provisional' and merged_into is null;
