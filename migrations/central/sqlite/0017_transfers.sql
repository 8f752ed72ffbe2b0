-- Books of goods on their way between the stores of an operator, and of goods that were packed anew. Each store tells its own half
-- of a transfer; what is under way is what was sent and not taken in.

create table transfers (
    store_id blob not null,
    incarnation blob not null,
    seq integer not null,
    -- The number on the sender's paper, which both halves name.
    number text not null,
    -- The store sent it; else it took it in.
    is_out integer not null check (is_out in (0, 1)),
    -- To which store, or from which; the store itself, when its own came back from the way.
    other_store_id blob not null,
    lot_count integer not null,
    -- Taken in as it was sent.
    is_whole integer not null check (is_whole in (0, 1)),
    -- The business day.
    day text not null,
    -- By the store's clock.
    at_ms integer not null,
    primary key (store_id, incarnation, seq)
) strict, without rowid;
create index transfers_to on transfers (other_store_id, is_out, number);
create index transfers_number on transfers (number, is_out);

-- Which lots a lot was packed out of.
create table lot_ancestors (
    store_id blob not null,
    lot_id blob not null,
    ancestor_id blob not null,
    primary key (store_id, lot_id, ancestor_id)
) strict, without rowid;
