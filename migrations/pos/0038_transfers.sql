-- Goods on their way between the stores of an operator, and which lots were packed out of which.

-- What central told last of goods on their way: the other stores of the operator, transfers to this store that none has taken
-- in, and what became of this store's own. One JSON object, replaced as a whole.
create table told_transfers (
    id integer primary key check (id = 1),
    told text not null
) strict;

-- Projection: transfers that this store sent. The entry has their lines.
create table sent_transfers (
    number text not null primary key,
    to_store_id blob not null,
    stream_no integer not null,
    seq integer not null,
    sent_at_ms integer not null
) strict;
create index sent_transfers_newest on sent_transfers (sent_at_ms);

-- Projection: transfers that this store took in, its own that came back from the way among them, by the sender's number.
create table transfers_in (
    number text not null primary key,
    from_store_id blob not null,
    voucher text not null,
    stream_no integer not null,
    seq integer not null
) strict;

-- Projection: which lots a lot was packed out of.
create table lot_ancestors (
    lot_id blob not null,
    ancestor_id blob not null,
    primary key (lot_id, ancestor_id)
) strict, without rowid;
