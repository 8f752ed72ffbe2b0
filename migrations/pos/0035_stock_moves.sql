-- Every piece that came to the shelf or left it, by entry, lot and cause, and what it brought the producer: the lines of a
-- stock card and of a settlement. A projection of the journal, and only sums of its rows stand in stock and balances.
create table stock_moves (
    stream_no integer not null,
    seq integer not null,
    -- Its place in the entry, from 1: first what is shared, then what stays in the store.
    move_no integer not null,
    product_id blob not null,
    lot_id blob not null,
    -- Null for the operator's own goods.
    producer_id blob,
    cause text not null,
    -- To the shelf; negative for away from it.
    quantity_milli integer not null,
    -- Of what was sold; negative for what came back.
    gross_vnd integer not null,
    discount_vnd integer not null,
    -- The rate that was frozen; null for goods that were not sold on commission.
    commission_ppm integer,
    commission_vnd integer not null,
    commission_tax_vnd integer not null,
    -- Owed to the producer.
    due_vnd integer not null,
    primary key (stream_no, seq, move_no)
) strict, without rowid;
create index stock_moves_by_product on stock_moves (product_id, stream_no, seq, move_no);
create index stock_moves_by_producer on stock_moves (producer_id, stream_no, seq, move_no) where producer_id is not null;

-- Set by a migration that adds a projection: at the next start everything is folded anew, and the row goes.
create table refold (reason text primary key) strict, without rowid;
insert into refold (reason) select 'stock_moves' where exists (select 1 from entries);
