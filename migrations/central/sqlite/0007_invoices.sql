-- E-invoices from cash registers: what the accountant of an operator decided, and whose numbers are whose. The stores
-- make the invoices; central only tells them how.

create table operator_invoices (
    operator_id blob primary key references operators (id),
    -- by_legal_form, always or never: whether each sale needs one.
    duty text not null,
    -- Form digit and symbol as registered: 1C26MAA.
    symbol text not null,
    -- The five characters that the tax authority gave the operator.
    authority_chars text not null,
    form_version text not null,
    -- Minute of the local day at which the day's data must be out: 1435 is 23:55.
    cutoff_min integer not null,
    -- Who takes the data; empty when it goes another way.
    provider text not null,
    provider_tax_number text not null,
    -- Where buyers look an invoice up; may be empty.
    lookup_url text not null
) strict, without rowid;

-- Ranges of the eleven digits. A number never stands for two invoices of an operator, so a range is never given back or
-- taken over by another store: a store's newest range counts, and it only ever grows at its end.
create table invoice_ranges (
    operator_id blob not null references operators (id),
    number_first integer not null,
    number_last integer not null,
    store_id blob not null references stores (id),
    given_at_ms integer not null,
    primary key (operator_id, number_first)
) strict, without rowid;
create index invoice_ranges_store on invoice_ranges (store_id, given_at_ms);
