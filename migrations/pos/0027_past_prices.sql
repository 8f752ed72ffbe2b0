-- What this till asked for a product before: a sale from the pad has the price of its minute. A price holds until the
-- catalogue brings another one; the one that holds now stands in `products`.
create table past_prices (
    product_id blob not null,
    -- UTC milliseconds, by this till's clock.
    until_ms integer not null,
    price_vnd integer not null,
    price_version integer not null,
    primary key (product_id, until_ms)
) strict, without rowid;
create index past_prices_by_age on past_prices (until_ms);

-- A promotion that central ended is kept for the same reason; null while it holds.
alter table promotions add column ended_at_ms integer;
create index promotions_ended on promotions (ended_at_ms) where ended_at_ms is not null;
