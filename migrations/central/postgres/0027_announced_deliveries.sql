-- Goods that producers say they will bring to a store. Nothing follows from them but that the store expects them.

create table announced_deliveries (
    id uuid primary key,
    producer_id uuid not null references producers (id),
    store_id uuid not null references stores (id),
    product_id uuid not null references products (id),
    quantity_milli bigint not null,
    comes_on date not null,
    announced_on date not null,
    announced_at_ms bigint not null,
    -- Whose login announced it.
    announced_by text not null,
    -- Null until the producer takes it back.
    ended_at_ms bigint
);
create index announced_deliveries_producer on announced_deliveries (producer_id, announced_at_ms, id);
