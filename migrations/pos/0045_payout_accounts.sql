-- Where a producer wants transfers to go. A wish of the store's, like a minimum of the shelf: it is in no entry and never leaves the
-- store; the paper of each transfer says where it went.

create table payout_accounts (
    producer_id blob primary key,
    bank_bin text not null,
    number text not null,
    holder text not null,
    set_at_ms integer not null
) strict, without rowid;
