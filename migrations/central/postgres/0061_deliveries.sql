-- Deliveries of consigned goods, lot by lot: what was counted, and what the producer's note says where somebody typed it. A
-- difference is then seen by both. Part of the books.
create table deliveries (
    store_id uuid not null,
    incarnation uuid not null,
    seq bigint not null,
    -- Its place in the entry, from 1.
    line_no bigint not null,
    lot_id uuid not null,
    product_id uuid not null,
    producer_id uuid not null,
    -- The business day.
    day date not null,
    -- Counted.
    quantity_milli bigint not null,
    -- By the note; null when nobody typed it.
    noted_milli bigint,
    primary key (store_id, incarnation, seq, line_no)
);
create index deliveries_producer on deliveries (producer_id, day, store_id, incarnation, seq, line_no);
insert into refold (reason) select 'deliveries' where exists (select 1 from entries);
