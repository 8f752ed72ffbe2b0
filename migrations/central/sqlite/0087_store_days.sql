-- The first and the last day of each store of which sales are in the books, so that no page reads all of its days to know from when
-- until when it told. Part of the books.
create table store_days (
    store_id blob primary key,
    first_day text not null,
    last_day text not null
) strict, without rowid;
insert into store_days (store_id, first_day, last_day)
    select store_id, min(day), max(day) from receipts_daily group by store_id;

-- Sums over all stores are kept for years, too, and for halves of the stretches of a month: days 1 to 3, 4 to 7, 8 to 10, 11 to 14, 15 to
-- 17, 18 to 21, 22 to 24 and 25 to the last one. What each store sold by what it counted as is made with the halves. All of it is
-- added up anew, by the worker; until then the stores' own totals answer.
delete from overall_spans;
delete from overall_sales;
delete from overall_receipts;
delete from standing_days;
update overall_books set generation = generation + 1;
