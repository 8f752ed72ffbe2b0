-- Money that buyers paid in advance for goods that they ordered: a sum over entries, so the order in which they are read
-- does not matter. The key is the sale that the order is to become; its goods are the cart of that name.
create table deposits (
    sale_id blob primary key,
    -- The number on its paper; empty while only what was taken of it has been read.
    number text not null,
    due_on text not null,
    -- What the goods cost when they were ordered.
    total_vnd integer not null,
    taken_at_ms integer not null,
    -- What neither a sale took nor went back.
    left_vnd integer not null,
    -- Who ordered, as typed; empty when that never left another computer. It stays in the store.
    person text not null,
    phone text not null
) strict, without rowid;
create index deposits_left on deposits (due_on) where left_vnd > 0;

-- Deposits taken and given back; each counts in the drawer of the shift in which it happened.
create table deposit_moves (
    stream_no integer not null,
    seq integer not null,
    shift_id blob not null,
    sale_id blob not null,
    is_taken integer not null check (is_taken in (0, 1)),
    primary key (stream_no, seq)
) strict, without rowid;
create index deposit_moves_by_shift on deposit_moves (shift_id);

-- The promotions that an ordered cart keeps, as JSON; null for a cart that is no order. An ordered cart that waits is open
-- at no counter: its `counter` is empty.
alter table carts add column kept text;
