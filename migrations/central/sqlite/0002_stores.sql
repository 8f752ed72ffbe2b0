-- Operators, their stores, and the codes by which a device joins a store.

create table operators (
    id blob primary key,
    name text not null,
    -- company, cooperative, household or state_unit; decides invoices and books.
    legal_status text not null,
    tax_number text not null,
    -- VAT on commission, parts per million. Sale lines that say otherwise become exceptions.
    commission_tax_ppm integer not null
) strict, without rowid;

create table stores (
    id blob primary key,
    operator_id blob not null references operators (id),
    -- Receipt numbers begin with it.
    code text not null unique,
    name text not null,
    receipt_title text not null,
    receipt_footer text not null,
    address text not null,
    commune text not null,
    phone text not null,
    -- For VietQR; empty when there is no account.
    bank_bin text not null,
    bank_account text not null,
    created_at_ms integer not null
) strict, without rowid;
create index stores_operator on stores (operator_id, id);

-- One-time codes. The first four characters name the row, so that wrong guesses at the rest can be counted; the
-- whole code is kept as a hash only.
create table enrolment_codes (
    prefix text primary key,
    code_hash blob not null,
    store_id blob not null references stores (id),
    expires_at_ms integer not null,
    tries_left integer not null,
    -- The stream that it made; the same device asking again gets the same answer.
    used_by blob
) strict, without rowid;
