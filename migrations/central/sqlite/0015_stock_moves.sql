-- Books of goods and of settlements with producers. They follow from the journal like all books, and what a settlement says
-- can be computed again from them.

-- Every piece that came to a shelf or left it, by entry, lot and cause, and what it brought the producer. Only sums of its
-- rows stand in stock and balances.
create table stock_moves (
    store_id blob not null,
    incarnation blob not null,
    seq integer not null,
    -- Its place in the entry, from 1.
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
    primary key (store_id, incarnation, seq, move_no)
) strict, without rowid;
create index stock_moves_producer on stock_moves (producer_id, store_id, incarnation, seq) where producer_id is not null;

-- What was settled with producers and paid to them. A settlement's rows stand in its entry.
create table settlements (
    store_id blob not null,
    incarnation blob not null,
    seq integer not null,
    producer_id blob not null,
    -- The number on its paper.
    number text not null,
    -- A settlement; else an advance, or the rest of one.
    is_settlement integer not null check (is_settlement in (0, 1)),
    -- The business day.
    day text not null,
    -- Of a settlement: what was owed for it, and from before.
    due_vnd integer not null,
    carried_vnd integer not null,
    paid_vnd integer not null,
    -- By the store's clock.
    closed_at_ms integer not null,
    primary key (store_id, incarnation, seq)
) strict, without rowid;
create index settlements_producer on settlements (producer_id, store_id, incarnation, seq);

-- How far each settlement reaches into each journal of its store: moves of the producer's goods up to there are in it or in
-- one before. All of them stand here, also those whose money is in suspense: later ones of the store begin where they end.
create table settled (
    store_id blob not null,
    producer_id blob not null,
    -- The settlement's entry.
    incarnation blob not null,
    seq integer not null,
    -- Its last entry of this journal.
    until_incarnation blob not null,
    until_seq integer not null,
    primary key (store_id, producer_id, incarnation, seq, until_incarnation)
) strict, without rowid;

-- Set by a migration that adds books: at the next start all of them are folded anew, and the row goes.
create table refold (reason text primary key) strict, without rowid;
insert into refold (reason) select 'stock_moves' where exists (select 1 from entries);
