-- How the scanner of a counter types, and what it puts around each code: set up by managers, who try it on the page of
-- printers. Without a row it types a key within 35 ms and puts nothing around.

create table scan_habits (
    -- The counter's name, as shifts and sales name it.
    counter text primary key,
    gap_ms integer not null check (gap_ms between 10 and 120),
    prefix text not null,
    suffix text not null,
    changed_at_ms integer not null
) strict, without rowid;
