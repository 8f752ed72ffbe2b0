-- Goods that producers say they will bring to a store. Nothing follows from them but that the store expects them.

create table announced_deliveries (
    id blob primary key,
    producer_id blob not null references producers (id),
    store_id blob not null references stores (id),
    product_id blob not null references products (id),
    quantity_milli integer not null,
    comes_on text not null,
    announced_on text not null,
    announced_at_ms integer not null,
    -- Whose login announced it.
    announced_by text not null,
    -- Null until the producer takes it back.
    ended_at_ms integer
) strict, without rowid;
create index announced_deliveries_producer on announced_deliveries (producer_id, announced_at_ms, id);
