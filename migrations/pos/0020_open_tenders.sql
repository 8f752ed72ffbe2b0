-- Money that the store still waits for, per sale and kind: a transfer that the buyer says was made (claimed), or what the
-- buyer owes (credit). A sum over entries, so the order in which they are read does not matter; 0 when all of it came.
create table open_tenders (
    sale_id blob not null,
    kind text not null,
    left_vnd integer not null,
    -- Who owes it, as typed; empty for a transfer. It stays in the store.
    person text not null,
    primary key (sale_id, kind)
) strict, without rowid;
create index open_tenders_left on open_tenders (kind) where left_vnd > 0;

-- Money that came after its sale; it counts in the drawer of the shift in which it came.
create table confirmed_tenders (
    stream_no integer not null,
    seq integer not null,
    shift_id blob not null,
    sale_id blob not null,
    primary key (stream_no, seq)
) strict, without rowid;
create index confirmed_tenders_by_shift on confirmed_tenders (shift_id);
create index confirmed_tenders_by_sale on confirmed_tenders (sale_id);
