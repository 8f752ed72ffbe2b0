-- Areas whose counts are typed from a sheet: when the sheet was filled in, and how far the journal was then.

create table stocktake_papers (
    stocktake_id blob not null references stocktakes on delete cascade,
    area text not null,
    -- The journal of those entries; 0 where this computer's had not begun, and nobody can say what the book had then.
    stream_no integer not null,
    -- The last entry before the first of it was counted, and when the last was.
    first_seq integer not null,
    seq integer not null,
    from_ms integer not null,
    to_ms integer not null,
    primary key (stocktake_id, area)
) strict, without rowid;
