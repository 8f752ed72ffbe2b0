-- What the counter needs between two entries: open carts, receipts and their paper. Nothing here is a projection.

-- A cart is durable at every scan. It has its sale's id from the first one on.
create table carts (
    sale_id blob primary key,
    counter text not null,
    state text not null check (state in ('open', 'sold', 'cleared')),
    discount_vnd integer not null default 0,
    opened_at_ms integer not null
) strict, without rowid;

create unique index carts_open on carts (counter) where state = 'open';

create table cart_lines (
    sale_id blob not null references carts (sale_id),
    line_no integer not null,
    product_id blob not null,
    -- The price of the moment of the scan is kept.
    price_vnd integer not null,
    price_version integer not null,
    quantity_milli integer not null,
    primary key (sale_id, line_no)
) strict, without rowid;

-- A QR that was shown to a buyer: durable before it is shown, so that a transfer can always be matched.
create table payment_attempts (
    sale_id blob not null,
    reference text not null,
    amount_vnd integer not null,
    payload text not null,
    shown_at_ms integer not null,
    primary key (sale_id, amount_vnd)
) strict, without rowid;

-- What the buyer's paper says, stored with the sale: a reprint shows what was true then.
create table receipts (
    sale_id blob primary key,
    snapshot text not null
) strict, without rowid;

-- The paper of a sale and where its print stands (receipts::queue). Its bytes are not kept: a snapshot gives the same
-- bytes whenever it is drawn.
create table prints (
    sale_id blob primary key,
    state text not null check (state in ('queued', 'sending', 'printed', 'failed', 'unknown', 'skipped')),
    failures integer not null,
    not_before_ms integer not null,
    -- Why the last try failed, as receipts::printer_error names it.
    reason text not null,
    -- 0 for the first print, n for the n-th copy.
    copy integer not null,
    perhaps_printed integer not null check (perhaps_printed in (0, 1)),
    copied_by text not null,
    -- When the drawer was to open, if at all; it never opens later than a few seconds after.
    drawer_asked_at_ms integer,
    asked_at_ms integer not null
) strict, without rowid;

create index prints_waiting on prints (not_before_ms) where state = 'queued';
create index prints_troubled on prints (asked_at_ms) where state in ('failed', 'unknown');

-- Requests of counter pages that were carried out, kept in the same transaction as their effect: a repeated request,
-- after a lost answer or a restart, changes nothing.
create table operations (
    op_id text primary key,
    done_at_ms integer not null
) strict, without rowid;

create index operations_by_age on operations (done_at_ms);

-- Codes that nobody knew: they stay listed until somebody takes them away.
create table missed_codes (
    counter text not null,
    code text not null,
    missed_at_ms integer not null,
    primary key (counter, code)
) strict, without rowid;

create table login_sessions (
    session_hash blob primary key,
    cashier_id blob,
    body text not null,
    expires_at_ms integer not null
) strict, without rowid;
