-- Books of sales that were written by hand while a till could not sell, and entered afterwards: what the pad said of each.
-- Their money stands in the books like any other sale's; in the totals they count on the day that was claimed.
create table pad_sales (
    store_id blob not null,
    sale_id blob not null,
    -- When the goods were handed over, as written down.
    claimed_at_ms integer not null,
    -- Its lines on the pad.
    first_line integer not null,
    last_line integer not null,
    -- Goods were handed over that may not be sold any more.
    past_date integer not null check (past_date in (0, 1)),
    -- Sales that looked like it, and of which the cashier said that they are others.
    told_apart integer not null,
    primary key (store_id, sale_id)
) strict, without rowid;
create index pad_sales_claimed on pad_sales (claimed_at_ms);
