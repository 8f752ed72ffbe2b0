-- Where an operator sends what it owes a producer, as the producer told it. Each operator keeps its own: what was told to one is
-- nothing that another may pay to, and the department is told of none. Tills keep theirs apart; neither is copied to the other.
create table payout_accounts (
    operator_id blob not null references operators (id),
    producer_id blob not null references producers (id),
    -- The bank's six digits.
    bank_bin text not null,
    number text not null,
    -- Whose it is, as the bank has it; may be empty.
    holder text not null,
    set_at_ms integer not null,
    -- Whose login set it.
    set_by text not null,
    primary key (operator_id, producer_id)
) strict, without rowid;
create index payout_accounts_producer on payout_accounts (producer_id, operator_id);
