-- Deliveries of consigned goods, lot by lot: what was counted, and what the producer's note says where somebody typed it. A
-- difference is then seen by both. Part of the books.
create table deliveries (
    store_id blob not null,
    incarnation blob not null,
    seq integer not null,
    -- Its place in the entry, from 1.
    line_no integer not null,
    lot_id blob not null,
    product_id blob not null,
    producer_id blob not null,
    -- The business day.
    day text not null,
    -- Counted.
    quantity_milli integer not null,
    -- By the note; null when nobody typed it.
    noted_milli integer,
    primary key (store_id, incarnation, seq, line_no)
) strict, without rowid;
create index deliveries_producer on deliveries (producer_id, day, store_id, incarnation, seq, line_no);
insert into refold (reason) select 'deliveries' where exists (select 1 from entries);
