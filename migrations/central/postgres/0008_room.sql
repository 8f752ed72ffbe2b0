-- How rows lie in their pages. SQLite has nothing of the kind: the file of the same name there does nothing.

-- An entry of a few lines passes 2 kB, from where on PostgreSQL would compress and move its texts, in a way that takes
-- longer than all the rest of writing it.
alter table entries set (toast_tuple_target = 8160);
alter table fork_entries set (toast_tuple_target = 8160);

-- Totals are written again with each batch. With room in the page the new row stays beside the old one, and the index
-- is left alone.
alter table stock set (fillfactor = 70);
alter table balances set (fillfactor = 70);
alter table sales_daily set (fillfactor = 70);
alter table sales_monthly set (fillfactor = 70);
alter table receipts_daily set (fillfactor = 70);
alter table product_receipts_daily set (fillfactor = 70);
alter table product_receipts_monthly set (fillfactor = 70);
