-- The stores' journals as they arrived. Nothing here is ever changed but an entry's state and place of counting.

-- One row per store, locked by whoever writes into its journal or books: that serialises them, so books never
-- deadlock and entries have one order of counting.
create table store_heads (
    store_id uuid primary key,
    -- Entries that the books have taken up so far.
    counted_no bigint not null
);

-- A journal of one incarnation of a store, bound to one key.
create table streams (
    store_id uuid not null,
    incarnation uuid not null,
    public_key bytea not null,
    fingerprint text not null,
    device text not null,
    -- held, approved, forked or revoked.
    status text not null,
    -- Small number for people, given at approval: 1, 2, 3 … in the store.
    epoch_no bigint,
    -- The incarnation that this one continues.
    predecessor uuid,
    -- The position before the first entry: 0 and zeros, but for a branch that was adopted from a fork.
    after_seq bigint not null,
    after_hash bytea not null,
    after_grand_total_vnd bigint not null,
    -- The last entry that central holds.
    seq bigint not null,
    hash bytea not null,
    grand_total_vnd bigint not null,
    -- Where another branch was first seen; later batches get the same answer.
    fork_at_seq bigint,
    fork_hash bytea,
    enrolled_at_ms bigint not null,
    approved_at_ms bigint,
    -- When anything came from it, and when a sale did; both on central's clock.
    heard_at_ms bigint,
    sale_at_ms bigint,
    primary key (store_id, incarnation)
);
create index streams_fingerprint on streams (fingerprint);

-- The bytes that were hashed, and next to them what searches need. The shared payload is kept as bytes, because
-- nobody has checked yet that it is text that a database takes.
create table entries (
    store_id uuid not null,
    incarnation uuid not null,
    seq bigint not null,
    hash bytea not null,
    kind text not null,
    schema bigint not null,
    -- Null when the envelope names a day that cannot be.
    business_date date,
    sale_id uuid,
    envelope text not null,
    shared bytea not null,
    received_at_ms bigint not null,
    -- projected, held (the stream waits for approval), uninterpreted (a later version), exception, duplicate.
    state text not null,
    -- Place in the order in which the store's books took it up; null while held.
    counted_no bigint,
    primary key (store_id, incarnation, seq)
);

-- Branches beside the mainline, kept whole until a person adopts them.
create table fork_entries (
    store_id uuid not null,
    incarnation uuid not null,
    seq bigint not null,
    hash bytea not null,
    envelope text not null,
    shared bytea not null,
    received_at_ms bigint not null,
    primary key (store_id, incarnation, seq, hash)
);

-- Entries that stand in the journal but not in the books as told; their money is in suspense.
create table exceptions (
    store_id uuid not null,
    incarnation uuid not null,
    seq bigint not null,
    reason text not null,
    detail text not null,
    suspended_vnd bigint not null,
    raised_at_ms bigint not null,
    primary key (store_id, incarnation, seq)
);
