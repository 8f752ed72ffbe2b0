-- Goods that were bought outright from producers: from whom, and for how much a unit. Folded from the private part of deliveries:
-- the department learns neither.

create table purchases (
    stream_no integer not null,
    seq integer not null,
    lot_id blob not null,
    seller_id blob not null,
    product_id blob not null,
    quantity_milli integer not null,
    cost_vnd integer not null,
    amount_vnd integer not null,
    bought_on text not null,
    voucher text not null,
    primary key (stream_no, seq, lot_id)
) strict, without rowid;
create index purchases_by_day on purchases (bought_on, stream_no, seq);
