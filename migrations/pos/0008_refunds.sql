-- Projections of what came back: an entry of kind refund or void each, and its lines. What can still come back of a sale is
-- what was sold less these lines; what a drawer should hold is less by the cash that went out.

create table refunds (
    stream_no integer not null,
    seq integer not null,
    -- The number on its slip.
    receipt_number text not null,
    -- Null for goods without a receipt.
    sale_id blob,
    -- A whole sale, reversed before its shift closed.
    is_void integer not null check (is_void in (0, 1)),
    shift_id blob not null,
    refunded_at_ms integer not null,
    paid_vnd integer not null,
    cash_vnd integer not null,
    primary key (stream_no, seq)
) strict, without rowid;

create index refunds_by_sale on refunds (sale_id);
create index refunds_by_shift on refunds (shift_id);

create table refund_lines (
    stream_no integer not null,
    seq integer not null,
    sale_id blob,
    -- 0: among the lines of the sale that stay in the store.
    in_programme integer not null check (in_programme in (0, 1)),
    -- Its place in the entry's own list. One line of a sale may come back in two parts: to the shelf and to waste.
    place integer not null,
    -- Its place in the sale's list, from 0.
    line_no integer not null,
    quantity_milli integer not null,
    primary key (stream_no, seq, in_programme, place)
) strict, without rowid;

create index refund_lines_by_sale on refund_lines (sale_id);
