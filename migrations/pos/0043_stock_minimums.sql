-- How much of a product a manager wants to have on the shelf at least. A wish of this shop, not a fact: it stands in no journal.
create table stock_minimums (
    product_id blob primary key,
    quantity_milli integer not null check (quantity_milli > 0)
) strict, without rowid;
