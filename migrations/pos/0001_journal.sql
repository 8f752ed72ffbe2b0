-- The journal: what happened, in the order in which it happened. Rows are never changed or deleted; everything in the
-- other migrations that is called a projection can be dropped and folded again from here (`ocop-pos rebuild`).

-- Who this store is; written once by enrolment. Central's key is pinned: an acknowledgement counts only under it.
create table store (
    id integer primary key check (id = 1),
    store_id blob not null,
    code text not null,
    name text not null,
    central_key text not null,
    central_url text not null
) strict;

-- The incarnations of this store's journal. The last one is written to; the others are finished for ever: a restored or
-- cloned computer begins a new one, so that a number of an entry or a receipt never stands for two things.
create table streams (
    stream_no integer primary key,
    stream text not null unique,
    reason text not null,
    opened_at_ms integer not null,
    -- The last acknowledgement, as signed by central. Pending is derived from it, it is not a flag.
    acked_seq integer not null default 0,
    acked_hash blob not null,
    acked_central_time_ms integer,
    held integer not null default 1 check (held in (0, 1)),
    -- 0 for a stream that began without central: it is made known with a new code.
    registered integer not null default 0 check (registered in (0, 1)),
    -- Payables of all sales of the stream together; stands in each envelope.
    grand_total_vnd integer not null default 0,
    receipts integer not null default 0
) strict;

create table entries (
    stream_no integer not null references streams (stream_no),
    seq integer not null,
    hash blob not null,
    kind text not null,
    sale_id blob,
    -- Exactly the hashed bytes: never written anew from parsed values.
    envelope text not null,
    shared text not null,
    -- Stays in the store, and may be erased (null) without breaking the chain.
    private text,
    primary key (stream_no, seq)
) strict, without rowid;

create trigger entries_are_not_edited before update of stream_no, seq, hash, kind, sale_id, envelope, shared on entries
begin
    select raise(abort, 'the journal is append-only');
end;

create trigger entries_are_not_deleted before delete on entries
begin
    select raise(abort, 'the journal is append-only');
end;
