-- A stocktake while it is going on: what people have counted so far, so that it survives a restart. It is no projection of the
-- journal: its end is one entry, and these rows go with it. The shelf stays open for sale meanwhile, so each count keeps where
-- the journal was then.
create table stocktakes (
    stocktake_id blob primary key,
    -- There is one at a time: two would count each other's goods.
    slot integer not null default 1 unique check (slot = 1),
    title text not null,
    begun_at_ms integer not null,
    cashier_id blob not null
) strict;

-- A product that somebody has counted, and which round of it is going on: 1, and one more each time it is counted again.
create table stocktake_products (
    stocktake_id blob not null references stocktakes on delete cascade,
    product_id blob not null,
    round integer not null,
    primary key (stocktake_id, product_id)
) strict, without rowid;

-- How much of it was there, by round and area. Areas of one round add up.
create table stocktake_counts (
    stocktake_id blob not null references stocktakes on delete cascade,
    product_id blob not null,
    round integer not null,
    -- A part of the store as staff call it.
    area text not null,
    quantity_milli integer not null check (quantity_milli >= 0),
    -- The last entry of the journal when the first of it was counted here, and when the last was. One that is typed as a whole
    -- is counted at once.
    first_stream_no integer not null,
    first_seq integer not null,
    stream_no integer not null,
    seq integer not null,
    cashier_id blob not null,
    at_ms integer not null,
    primary key (stocktake_id, product_id, round, area)
) strict, without rowid;

-- What a count finds is spread over all lots of a product.
create index lots_by_product on lots (product_id);
