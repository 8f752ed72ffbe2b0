-- Books for comparing a period's cash, bank, stock and settlements with each other: one row a day where a sum is enough, one row an
-- entry only where somebody counted a drawer or a buyer transferred money. A year of an operator is a few sums of them.

-- What entries of a kind posted to an account on a business day; debits positive. Over all days they are the balances.
create table money_daily (
    store_id uuid not null,
    -- Of the drawer: the day of the entry's shift. What a pad says of a sale counts for reports, not for notes in a drawer.
    day date not null,
    account text not null,
    -- Of entries, as their envelopes say: sale, shift_close …
    kind text not null,
    amount_vnd bigint not null,
    entry_count bigint not null,
    primary key (store_id, day, account, kind)
);

-- All goods that came to the shelf or left it, by cause. Pieces and kilograms stand in one sum: it is compared, never shown as a stock.
create table goods_daily (
    store_id uuid not null,
    -- Of the drawer, as in money_daily: a journal is cut by it, and money and goods of one entry lie in one period.
    day date not null,
    cause text not null,
    -- To the shelf; negative for away from it.
    quantity_milli bigint not null,
    primary key (store_id, day, cause)
);

-- Drawers that were counted when their shift closed.
create table drawer_counts (
    store_id uuid not null,
    incarnation uuid not null,
    seq bigint not null,
    day date not null,
    -- What the till said must be in it.
    expected_vnd bigint not null,
    counted_vnd bigint not null,
    primary key (store_id, incarnation, seq)
);
create index drawer_counts_day on drawer_counts (store_id, day);

-- Money that entries say came to the account: transfers of sales, orders and what was paid later.
create table bank_tenders (
    store_id uuid not null,
    incarnation uuid not null,
    seq bigint not null,
    day date not null,
    -- Digest of the sale's reference, as bank_notice_references has it; null for an entry that names no sale.
    reference_hash bytea,
    amount_vnd bigint not null,
    primary key (store_id, incarnation, seq)
);
create index bank_tenders_day on bank_tenders (store_id, day);
create index bank_tenders_reference on bank_tenders (reference_hash, store_id) where reference_hash is not null;

insert into refold (reason) select 'reconciliation' where exists (select 1 from entries);

-- A gap opens down to the entries of its days.
create index entries_day on entries (store_id, kind, business_date, received_at_ms);
create index refunds_day on refunds (store_id, day);
create index bank_notices_booked on bank_notices (operator_id, booked_at_ms, notice);
create index bank_notice_references_notice on bank_notice_references (operator_id, notice);
