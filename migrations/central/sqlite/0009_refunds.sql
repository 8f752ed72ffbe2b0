-- Books of what came back. Its amounts stand in sale_lines and in the totals too, below zero, on the day on which it came
-- back; here is what a further refund of the same sale is judged by.

create table refunds (
    store_id blob not null,
    incarnation blob not null,
    seq integer not null,
    -- Null for goods without a receipt.
    sale_id blob,
    -- The number of its slip.
    receipt text not null,
    day text not null,
    paid_vnd integer not null,
    -- The whole sale, before its shift closed.
    is_void integer not null check (is_void in (0, 1)),
    primary key (store_id, incarnation, seq)
) strict, without rowid;
create index refunds_sale on refunds (store_id, sale_id);

-- How much of each line of a sale has come back, all together.
create table refunded_lines (
    store_id blob not null,
    sale_id blob not null,
    -- Among the lines of the programme, from 0.
    line_no integer not null,
    quantity_milli integer not null,
    primary key (store_id, sale_id, line_no)
) strict, without rowid;
