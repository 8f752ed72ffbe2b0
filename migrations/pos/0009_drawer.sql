-- Drawers: what was put in and taken out by hand, where in the journal a shift begins and ends, and papers other than
-- receipts.

-- A projection: each entry of kind cash_moved. Why the money moved stands in the entry's private part alone.
create table cash_moves (
    stream_no integer not null,
    seq integer not null,
    shift_id blob not null,
    -- Into the drawer; negative for out of it.
    amount_vnd integer not null,
    primary key (stream_no, seq)
) strict, without rowid;

create index cash_moves_by_shift on cash_moves (shift_id);

-- X and Z count a range of entries: from the one that opened the shift to the one that closed it. SQLite adds no column
-- without a default to a table with rows, and a default would be wrong for them, so the table is made anew.
create table shifts_made_anew (
    shift_id blob primary key,
    counter text not null,
    cashier_id blob not null,
    business_date text not null,
    opened_at_ms integer not null,
    float_vnd integer not null,
    stream_no integer not null,
    opened_seq integer not null,
    closed_at_ms integer,
    -- Null for a turn that nobody counted.
    closed_seq integer,
    expected_vnd integer,
    counted_vnd integer
) strict, without rowid;

insert into shifts_made_anew
with told as materialized (
    select unhex(json_extract(shared, '$.shift'), '-') as shift_id, kind, stream_no, seq
    from entries where kind in ('shift_open', 'shift_close') and stream_no > 0)
select s.shift_id, s.counter, s.cashier_id, s.business_date, s.opened_at_ms, s.float_vnd,
       opened.stream_no, opened.seq, s.closed_at_ms, closed.seq, s.expected_vnd, s.counted_vnd
from shifts s
join told opened on opened.shift_id = s.shift_id and opened.kind = 'shift_open'
left join told closed on closed.shift_id = s.shift_id and closed.kind = 'shift_close';

drop table shifts;
alter table shifts_made_anew rename to shifts;

-- One cashier's turn at a drawer at a time.
create unique index shifts_open on shifts (counter) where closed_at_ms is null;
-- The newest by their place in the journal, whatever the clock said.
create index shifts_by_entry on shifts (stream_no, opened_seq);

-- Papers other than receipts (receipts::slip): what each says, frozen. Its print stands in `prints` under the same id.
create table slips (
    slip_id blob primary key,
    -- The number on it.
    number text not null,
    -- The shift that it closed: there is one Z of each. Null for other papers.
    shift_id blob unique,
    snapshot text not null,
    made_at_ms integer not null
) strict, without rowid;
