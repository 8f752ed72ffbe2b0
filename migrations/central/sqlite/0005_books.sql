-- The books: everything that follows from the entries. `rebuild` empties these tables (and exceptions) and fills
-- them again from the journal, byte for byte.

create table lots (
    store_id blob not null,
    lot_id blob not null,
    product_id blob not null,
    -- Null for the operator's own goods.
    producer_id blob,
    received_on text not null,
    expires_on text,
    code text,
    primary key (store_id, lot_id)
) strict, without rowid;
create index lots_producer on lots (store_id, producer_id, lot_id);

create table stock (
    store_id blob not null,
    product_id blob not null,
    lot_id blob not null,
    location text not null,
    quantity_milli integer not null,
    primary key (store_id, product_id, lot_id, location)
) strict, without rowid;

-- Debits positive, credits negative; they add up to zero in each store.
create table balances (
    store_id blob not null,
    account text not null,
    -- Of producer_due; zeros for every other account.
    producer_id blob not null,
    amount_vnd integer not null,
    primary key (store_id, account, producer_id)
) strict, without rowid;

-- One row per sale that was counted or suspended: a second entry with its id is a duplicate.
create table receipts (
    store_id blob not null,
    sale_id blob not null,
    receipt text not null,
    day text not null,
    payable_vnd integer not null,
    line_count integer not null,
    incarnation blob not null,
    seq integer not null,
    -- False while its money is in suspense.
    is_counted integer not null check (is_counted in (0, 1)),
    primary key (store_id, sale_id)
) strict, without rowid;

create table sale_lines (
    store_id blob not null,
    incarnation blob not null,
    seq integer not null,
    line_no integer not null,
    product_id blob not null,
    product_facts_id blob not null,
    -- Null for the operator's own goods.
    producer_id blob,
    lot_id blob not null,
    day text not null,
    quantity_milli integer not null,
    gross_vnd integer not null,
    discount_vnd integer not null,
    tax_vnd integer not null,
    producer_due_vnd integer not null,
    commission_vnd integer not null,
    commission_tax_vnd integer not null,
    primary key (store_id, incarnation, seq, line_no)
) strict, without rowid;

-- Totals, kept in the transaction that brings the sales. A range of days is answered by whole months and the days
-- at its edges, so its cost follows stores × products × months, never the number of sales.
create table sales_daily (
    store_id blob not null,
    day text not null,
    product_id blob not null,
    product_facts_id blob not null,
    -- Zeros for the operator's own goods.
    producer_id blob not null,
    quantity_milli integer not null,
    revenue_vnd integer not null,
    producer_due_vnd integer not null,
    line_count integer not null,
    primary key (store_id, day, product_id, product_facts_id, producer_id)
) strict, without rowid;

create table sales_monthly (
    store_id blob not null,
    -- Its first day.
    month text not null,
    product_id blob not null,
    product_facts_id blob not null,
    producer_id blob not null,
    quantity_milli integer not null,
    revenue_vnd integer not null,
    producer_due_vnd integer not null,
    line_count integer not null,
    primary key (store_id, month, product_id, product_facts_id, producer_id)
) strict, without rowid;

create table receipts_daily (
    store_id blob not null,
    day text not null,
    receipt_count integer not null,
    payable_vnd integer not null,
    -- The part of it that the lines of the programme make.
    programme_vnd integer not null,
    primary key (store_id, day)
) strict, without rowid;

-- On how many receipts a product stood, for basket shares.
create table product_receipts_daily (
    store_id blob not null,
    day text not null,
    product_id blob not null,
    receipt_count integer not null,
    primary key (store_id, day, product_id)
) strict, without rowid;

create table product_receipts_monthly (
    store_id blob not null,
    -- Its first day.
    month text not null,
    product_id blob not null,
    receipt_count integer not null,
    primary key (store_id, month, product_id)
) strict, without rowid;
