-- A delivery that is being typed in at a counter, as far as its rows are ready: up to two hundred of them take half an hour, and a
-- buyer who comes meanwhile takes the page away. It goes when the delivery is received, or given up.

create table delivery_drafts (
    counter text not null primary key,
    -- The request that will receive it: whichever window asks for it first does, and no other one once more.
    op_id text not null,
    -- The rows and whose they are, in JSON, as the page writes them.
    form text not null check (length(form) <= 262144),
    -- UTC milliseconds.
    saved_at_ms integer not null
) strict, without rowid;
