-- Books of sales that were written by hand while a till could not sell, and entered afterwards: what the pad said of each.
-- Their money stands in the books like any other sale's; in the totals they count on the day that was claimed.
create table pad_sales (
    store_id uuid not null,
    sale_id uuid not null,
    -- When the goods were handed over, as written down.
    claimed_at_ms bigint not null,
    -- Its lines on the pad.
    first_line bigint not null,
    last_line bigint not null,
    -- Goods were handed over that may not be sold any more.
    past_date boolean not null,
    -- Sales that looked like it, and of which the cashier said that they are others.
    told_apart bigint not null,
    primary key (store_id, sale_id)
);
create index pad_sales_claimed on pad_sales (claimed_at_ms);
