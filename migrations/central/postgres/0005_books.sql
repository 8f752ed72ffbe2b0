-- The books: everything that follows from the entries. `rebuild` empties these tables (and exceptions) and fills
-- them again from the journal, byte for byte.

create table lots (
    store_id uuid not null,
    lot_id uuid not null,
    product_id uuid not null,
    -- Null for the operator's own goods.
    producer_id uuid,
    received_on date not null,
    expires_on date,
    code text,
    primary key (store_id, lot_id)
);
create index lots_producer on lots (store_id, producer_id, lot_id);

create table stock (
    store_id uuid not null,
    product_id uuid not null,
    lot_id uuid not null,
    location text not null,
    quantity_milli bigint not null,
    primary key (store_id, product_id, lot_id, location)
);

-- Debits positive, credits negative; they add up to zero in each store.
create table balances (
    store_id uuid not null,
    account text not null,
    -- Of producer_due; zeros for every other account.
    producer_id uuid not null,
    amount_vnd bigint not null,
    primary key (store_id, account, producer_id)
);

-- One row per sale that was counted or suspended: a second entry with its id is a duplicate.
create table receipts (
    store_id uuid not null,
    sale_id uuid not null,
    receipt text not null,
    day date not null,
    payable_vnd bigint not null,
    line_count bigint not null,
    incarnation uuid not null,
    seq bigint not null,
    -- False while its money is in suspense.
    is_counted boolean not null,
    primary key (store_id, sale_id)
);

create table sale_lines (
    store_id uuid not null,
    incarnation uuid not null,
    seq bigint not null,
    line_no bigint not null,
    product_id uuid not null,
    product_facts_id uuid not null,
    -- Null for the operator's own goods.
    producer_id uuid,
    lot_id uuid not null,
    day date not null,
    quantity_milli bigint not null,
    gross_vnd bigint not null,
    discount_vnd bigint not null,
    tax_vnd bigint not null,
    producer_due_vnd bigint not null,
    commission_vnd bigint not null,
    commission_tax_vnd bigint not null,
    primary key (store_id, incarnation, seq, line_no)
);

-- Totals, kept in the transaction that brings the sales. A range of days is answered by whole months and the days
-- at its edges, so its cost follows stores × products × months, never the number of sales.
create table sales_daily (
    store_id uuid not null,
    day date not null,
    product_id uuid not null,
    product_facts_id uuid not null,
    -- Zeros for the operator's own goods.
    producer_id uuid not null,
    quantity_milli bigint not null,
    revenue_vnd bigint not null,
    producer_due_vnd bigint not null,
    line_count bigint not null,
    primary key (store_id, day, product_id, product_facts_id, producer_id)
);

create table sales_monthly (
    store_id uuid not null,
    -- Its first day.
    month date not null,
    product_id uuid not null,
    product_facts_id uuid not null,
    producer_id uuid not null,
    quantity_milli bigint not null,
    revenue_vnd bigint not null,
    producer_due_vnd bigint not null,
    line_count bigint not null,
    primary key (store_id, month, product_id, product_facts_id, producer_id)
);

create table receipts_daily (
    store_id uuid not null,
    day date not null,
    receipt_count bigint not null,
    payable_vnd bigint not null,
    -- The part of it that the lines of the programme make.
    programme_vnd bigint not null,
    primary key (store_id, day)
);

-- On how many receipts a product stood, for basket shares.
create table product_receipts_daily (
    store_id uuid not null,
    day date not null,
    product_id uuid not null,
    receipt_count bigint not null,
    primary key (store_id, day, product_id)
);

create table product_receipts_monthly (
    store_id uuid not null,
    -- Its first day.
    month date not null,
    product_id uuid not null,
    receipt_count bigint not null,
    primary key (store_id, month, product_id)
);
