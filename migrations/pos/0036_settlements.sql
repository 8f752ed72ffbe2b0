-- What was paid to producers, and how far settlements with them reach. Both are projections of the journal.
create table producer_payments (
    stream_no integer not null,
    seq integer not null,
    shift_id blob not null,
    producer_id blob not null,
    -- The number on its paper.
    number text not null,
    -- A settlement; else an advance, or the rest of one.
    is_settlement integer not null check (is_settlement in (0, 1)),
    -- Of a settlement: what was owed for it, and from before.
    due_vnd integer not null,
    carried_vnd integer not null,
    paid_vnd integer not null,
    paid_at_ms integer not null,
    primary key (stream_no, seq)
) strict, without rowid;
create index producer_payments_by_producer on producer_payments (producer_id, stream_no, seq);
create index producer_payments_by_shift on producer_payments (shift_id);

-- Moves of a producer's goods up to this entry of a journal are in a settlement; those after it are open.
create table settled (
    producer_id blob not null,
    -- The journal's name: a settlement may name one that this computer has not fetched yet.
    stream text not null,
    seq integer not null,
    primary key (producer_id, stream)
) strict, without rowid;

-- A pack's code belongs to one owner's lots of a product.
create index lots_by_code on lots (product_id, code) where code is not null;

-- A paper is found by the number on it.
create index slips_by_number on slips (number);
