-- Goods that producers say they will bring, as central tells of them.

create table announced_deliveries (
    delivery_id blob primary key,
    producer_id blob not null,
    product_id blob not null,
    quantity_milli integer not null,
    comes_on text not null,
    announced_on text not null,
    -- Somebody took these goods in from the list.
    is_taken integer not null default 0 check (is_taken in (0, 1))
) strict, without rowid;
