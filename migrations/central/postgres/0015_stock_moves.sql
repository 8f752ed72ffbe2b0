-- Books of goods and of settlements with producers. They follow from the journal like all books, and what a settlement says
-- can be computed again from them.

-- Every piece that came to a shelf or left it, by entry, lot and cause, and what it brought the producer. Only sums of its
-- rows stand in stock and balances.
create table stock_moves (
    store_id uuid not null,
    incarnation uuid not null,
    seq bigint not null,
    -- Its place in the entry, from 1.
    move_no bigint not null,
    product_id uuid not null,
    lot_id uuid not null,
    -- Null for the operator's own goods.
    producer_id uuid,
    cause text not null,
    -- To the shelf; negative for away from it.
    quantity_milli bigint not null,
    -- Of what was sold; negative for what came back.
    gross_vnd bigint not null,
    discount_vnd bigint not null,
    -- The rate that was frozen; null for goods that were not sold on commission.
    commission_ppm bigint,
    commission_vnd bigint not null,
    commission_tax_vnd bigint not null,
    -- Owed to the producer.
    due_vnd bigint not null,
    primary key (store_id, incarnation, seq, move_no)
);
create index stock_moves_producer on stock_moves (producer_id, store_id, incarnation, seq) where producer_id is not null;

-- What was settled with producers and paid to them. A settlement's rows stand in its entry.
create table settlements (
    store_id uuid not null,
    incarnation uuid not null,
    seq bigint not null,
    producer_id uuid not null,
    -- The number on its paper.
    number text not null,
    -- A settlement; else an advance, or the rest of one.
    is_settlement boolean not null,
    -- The business day.
    day date not null,
    -- Of a settlement: what was owed for it, and from before.
    due_vnd bigint not null,
    carried_vnd bigint not null,
    paid_vnd bigint not null,
    -- By the store's clock.
    closed_at_ms bigint not null,
    primary key (store_id, incarnation, seq)
);
create index settlements_producer on settlements (producer_id, store_id, incarnation, seq);

-- How far each settlement reaches into each journal of its store: moves of the producer's goods up to there are in it or in
-- one before. All of them stand here, also those whose money is in suspense: later ones of the store begin where they end.
create table settled (
    store_id uuid not null,
    producer_id uuid not null,
    -- The settlement's entry.
    incarnation uuid not null,
    seq bigint not null,
    -- Its last entry of this journal.
    until_incarnation uuid not null,
    until_seq bigint not null,
    primary key (store_id, producer_id, incarnation, seq, until_incarnation)
);

-- Set by a migration that adds books: at the next start all of them are folded anew, and the row goes.
create table refold (reason text primary key);
insert into refold (reason) select 'stock_moves' where exists (select 1 from entries);
