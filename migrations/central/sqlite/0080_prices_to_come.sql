-- Products that a list of recognitions names before anybody knows their price have the status `unpriced` and the price version 0:
-- the catalogue knows them, and tills hear nothing of them until somebody gives a price. What they count as is kept as of any
-- product, so a row of it says whether stores were told: those that were not are told together with the first price.
alter table product_facts add column is_told integer not null default 1;
create index products_unpriced on products (name_fold, id) where status = 'unpriced';
