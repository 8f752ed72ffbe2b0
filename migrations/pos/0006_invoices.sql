-- E-invoices: each sale that needs one writes its row in its own transaction; a worker sends it afterwards. Nothing here is
-- a projection of the journal, and nothing of it goes to central: buyers are the shop's own business.

-- The last number given of each range that central gave this store, and in which journal. A journal that follows another
-- one leaves numbers out, since a copy that was brought back does not know what was given after it was made.
create table invoice_numbers (
    number_first integer primary key,
    number_given integer not null,
    stream_no integer not null
) strict;

create table invoices (
    invoice_id blob primary key,
    sale_id blob not null,
    state text not null check (state in ('intent', 'waiting', 'sent', 'accepted', 'rejected')),
    -- The tax authority's code and the number in it; none while the range was used up.
    code text unique,
    number integer,
    sold_at_ms integer not null,
    receipt_number text not null,
    total_vnd integer not null,
    -- What it says of seller and goods (pos::invoicing::document), frozen with the sale.
    document text not null,
    -- Who it is made out to, as JSON; none for "Bán cho người tiêu dùng". May be erased.
    buyer text,
    -- Goes up whenever a person sends a refused one again: whoever takes invoices then knows it from a repeated request.
    revision integer not null default 1,
    -- The issued invoice that it replaces.
    replaces blob references invoices (invoice_id),
    tries integer not null default 0,
    not_before_ms integer not null default 0,
    -- Why it is not issued yet, for people; empty when nothing is wrong.
    problem text not null default '',
    -- What the taker calls it.
    reference text not null default '',
    answered_at_ms integer
) strict, without rowid;

-- One invoice for a sale, and one replacement for an invoice, whatever is pressed twice.
create unique index invoices_of_sale on invoices (sale_id) where replaces is null;
create unique index invoices_replacing on invoices (replaces) where replaces is not null;
create index invoices_due on invoices (not_before_ms, sold_at_ms) where state in ('waiting', 'sent');
create index invoices_pending on invoices (sold_at_ms) where state <> 'accepted';
create index invoices_by_age on invoices (sold_at_ms);
