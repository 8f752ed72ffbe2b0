-- Products that a counter added and that turned out to be another one of the catalogue. Null for all others.

alter table products add column merged_into blob;
create index products_merged on products (merged_into) where merged_into is not null;
