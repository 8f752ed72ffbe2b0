-- What is said of a settlement after its producer's first answer: how the operator answers a dispute, whether that satisfies the
-- producer, who signed on paper. Like the answers these are decisions made here, not books: rebuild leaves them alone, and no row is
-- ever changed.

-- What the producer holds against a row: which figure is wrong, and what it should be, in thousandths of the unit or đồng. Null where
-- only words were said.
alter table settlement_answers add column figure text;
alter table settlement_answers add column claimed bigint;

create table settlement_words (
    store_id uuid not null,
    -- The settlement's entry.
    incarnation uuid not null,
    seq bigint not null,
    -- From 1 on.
    word_no bigint not null,
    -- The disputed row that it is about; zeros for all of the settlement.
    product_id uuid not null,
    producer_id uuid not null references producers (id),
    -- `replied`: the operator to a dispute; `insisted`: the producer to that; `accepted`: the producer agrees with all of it;
    -- `signed`: the operator has the producer's signature on paper; `paper`: either side brought a photograph or a scan.
    kind text not null check (kind in ('replied', 'insisted', 'accepted', 'signed', 'paper')),
    -- Of a reply: `as_told`, the settlement is right; `next_one`, it will be put right in the next one. Empty for others.
    outcome text not null check (outcome in ('', 'as_told', 'next_one')),
    -- What was said; of a signature whose it is.
    words text not null,
    -- When the paper was signed.
    signed_on date,
    -- The photograph or scan.
    file_id uuid references paper_files (id),
    -- Drawn with the form, so that sending it twice says it once.
    op_id uuid not null,
    -- The operator said it; else the producer.
    is_operators boolean not null,
    -- The login of who said it.
    said_by text not null,
    said_at_ms bigint not null,
    primary key (store_id, incarnation, seq, word_no)
);
create index settlement_words_producer on settlement_words (producer_id, store_id, incarnation, seq);
