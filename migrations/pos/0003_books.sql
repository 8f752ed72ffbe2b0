-- Projections of the journal: goods, money, sales. `rebuild` drops and refills them, byte for byte the same.

create table lots (
    lot_id blob primary key,
    product_id blob not null,
    -- Null for goods that the operator owns.
    producer_id blob,
    received_on text not null,
    expires_on text,
    code text
) strict, without rowid;

create table stock (
    product_id blob not null,
    lot_id blob not null,
    location text not null,
    quantity_milli integer not null,
    primary key (product_id, lot_id, location)
) strict, without rowid;

-- All rows together are always zero; debits are positive. `producer_id` is sixteen zero bytes where there is none.
create table balances (
    account text not null,
    producer_id blob not null,
    amount_vnd integer not null,
    primary key (account, producer_id)
) strict, without rowid;

create table shifts (
    shift_id blob primary key,
    counter text not null,
    cashier_id blob not null,
    business_date text not null,
    opened_at_ms integer not null,
    float_vnd integer not null,
    closed_at_ms integer,
    expected_vnd integer,
    counted_vnd integer
) strict, without rowid;

-- One cashier's turn at a drawer at a time.
create unique index shifts_open on shifts (counter) where closed_at_ms is null;

create table sales (
    sale_id blob primary key,
    stream_no integer not null,
    seq integer not null,
    receipt_number text not null unique,
    shift_id blob not null,
    cashier_id blob not null,
    business_date text not null,
    sold_at_ms integer not null,
    payable_vnd integer not null,
    cash_vnd integer not null
) strict, without rowid;

create index sales_by_shift on sales (shift_id);
create index sales_by_entry on sales (stream_no, seq);
