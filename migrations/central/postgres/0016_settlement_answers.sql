-- What producers answer to settlements. These are decisions made here, not books: rebuild leaves them alone, and no row is
-- ever changed.

create table settlement_answers (
    store_id uuid not null,
    -- The settlement's entry.
    incarnation uuid not null,
    seq bigint not null,
    -- The row that it is about; zeros for all of the settlement.
    product_id uuid not null,
    producer_id uuid not null references producers (id),
    answer text not null check (answer in ('confirmed', 'disputed')),
    -- What is wrong, in the producer's words; empty for a confirmation.
    words text not null,
    -- Drawn with the form, so that sending it twice answers once.
    op_id uuid not null,
    -- The login of who answered.
    answered_by text not null,
    answered_at_ms bigint not null,
    primary key (store_id, incarnation, seq, product_id)
);
create index settlement_answers_producer on settlement_answers (producer_id, store_id, incarnation, seq);
create index settlement_answers_latest on settlement_answers (answer, answered_at_ms);
