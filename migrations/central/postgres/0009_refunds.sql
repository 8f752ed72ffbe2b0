-- Books of what came back. Its amounts stand in sale_lines and in the totals too, below zero, on the day on which it came
-- back; here is what a further refund of the same sale is judged by.

create table refunds (
    store_id uuid not null,
    incarnation uuid not null,
    seq bigint not null,
    -- Null for goods without a receipt.
    sale_id uuid,
    -- The number of its slip.
    receipt text not null,
    day date not null,
    paid_vnd bigint not null,
    -- The whole sale, before its shift closed.
    is_void boolean not null,
    primary key (store_id, incarnation, seq)
);
create index refunds_sale on refunds (store_id, sale_id);

-- How much of each line of a sale has come back, all together.
create table refunded_lines (
    store_id uuid not null,
    sale_id uuid not null,
    -- Among the lines of the programme, from 0.
    line_no bigint not null,
    quantity_milli bigint not null,
    primary key (store_id, sale_id, line_no)
);
