-- The last entry of the journal when a stocktake was begun: what came since of goods that nobody has counted is told before they are
-- taken as gone, and nothing is closed by a page that did not show it. One that goes on now is looked at from here on.
alter table stocktakes add column begun_stream_no integer not null default 0;
alter table stocktakes add column begun_seq integer not null default 0;
update stocktakes set
    begun_stream_no = coalesce((select max(stream_no) from entries), 0),
    begun_seq = coalesce((select seq from entries order by stream_no desc, seq desc limit 1), 0);
