-- A delivery that was entered by mistake and taken back whole is on no list: a row of each of its lots with less than nothing as its
-- quantity says so. Part of the books.
create index deliveries_lot on deliveries (store_id, lot_id);
insert into refold (reason) select 'deliveries taken back' where exists (select 1 from entries);
