-- Books of goods on their way between the stores of an operator, and of goods that were packed anew. Each store tells its own half
-- of a transfer; what is under way is what was sent and not taken in.

create table transfers (
    store_id uuid not null,
    incarnation uuid not null,
    seq bigint not null,
    -- The number on the sender's paper, which both halves name.
    number text not null,
    -- The store sent it; else it took it in.
    is_out boolean not null,
    -- To which store, or from which; the store itself, when its own came back from the way.
    other_store_id uuid not null,
    lot_count bigint not null,
    -- Taken in as it was sent.
    is_whole boolean not null,
    -- The business day.
    day date not null,
    -- By the store's clock.
    at_ms bigint not null,
    primary key (store_id, incarnation, seq)
);
create index transfers_to on transfers (other_store_id, is_out, number);
create index transfers_number on transfers (number, is_out);

-- Which lots a lot was packed out of.
create table lot_ancestors (
    store_id uuid not null,
    lot_id uuid not null,
    ancestor_id uuid not null,
    primary key (store_id, lot_id, ancestor_id)
);
