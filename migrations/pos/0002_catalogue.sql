-- What central sends: one row per change, replaced as a whole. A product that was taken back keeps its row (active = 0),
-- because open carts and old receipts still name it.

create table catalogue_cursor (
    id integer primary key check (id = 1),
    central_epoch blob not null,
    change_seq integer not null
) strict;

-- The store as receipts and payments show it (protocol::wire::StoreRow), as JSON: read whole, never searched.
create table store_settings (
    id integer primary key check (id = 1),
    body text not null
) strict;

create table products (
    product_id blob primary key,
    sku text not null,
    name text not null,
    -- Lower case, no marks: what a cashier types without a Vietnamese keyboard.
    name_fold text not null,
    unit text not null,
    sold_by text not null check (sold_by in ('piece', 'weight')),
    price_vnd integer not null,
    price_version integer not null,
    tax_class text not null,
    refuse_expired integer not null check (refuse_expired in (0, 1)),
    producer_id blob,
    -- 0 for a product added at a counter that central has not taken over.
    in_catalogue integer not null check (in_catalogue in (0, 1)),
    active integer not null default 1 check (active in (0, 1))
) strict, without rowid;

create index products_by_sku on products (sku);

create table barcodes (
    barcode text primary key,
    product_id blob not null
) strict, without rowid;

create index barcodes_by_product on barcodes (product_id);

create table product_facts (
    product_facts_id blob primary key,
    product_id blob not null,
    valid_from text not null,
    categories text not null,
    stars integer
) strict, without rowid;

create index product_facts_by_product on product_facts (product_id, valid_from);

create table producers (
    producer_id blob primary key,
    name text not null,
    name_fold text not null
) strict, without rowid;

create table terms (
    terms_id blob primary key,
    producer_id blob not null,
    product_id blob,
    commission_ppm integer not null,
    basis text not null,
    discount_bearer text not null,
    valid_from text not null
) strict, without rowid;

create index terms_by_producer on terms (producer_id);

create table tax_rates (
    tax_rate_id blob primary key,
    class text not null,
    valid_from text not null,
    valid_to text,
    rate_ppm integer not null
) strict, without rowid;

-- Cashiers of central's list, and those that a manager added here (local = 1), perhaps without a network.
create table cashiers (
    cashier_id blob primary key,
    name text not null,
    role text not null check (role in ('cashier', 'manager')),
    pin_hash text not null,
    active integer not null check (active in (0, 1)),
    local integer not null default 0 check (local in (0, 1)),
    -- Wrong PINs in a row and the last of them: the pause before the next try doubles.
    failures integer not null default 0,
    failed_at_ms integer not null default 0
) strict, without rowid;
