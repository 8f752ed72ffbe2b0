-- Sums over all stores for stretches of a month beside those for months: days 1 to 7, 8 to 14, 15 to 21 and 22 to the last one. A
-- question that begins or ends within a month reads the single days of a week at most, and the month that is under way has sums, too.

-- How many lines of sales, and of what came back, make a day. That number only grows, so it tells whether sums over the day still hold.
alter table receipts_daily add column line_count integer not null default 0;
update receipts_daily set line_count = counted.line_count
    from (select store_id, day, count(*) as line_count from sale_lines group by store_id, day) as counted
    where counted.store_id = receipts_daily.store_id and counted.day = receipts_daily.day;

-- Everything that was added up is added up anew, by the worker; until then the stores' own totals answer.
drop table overall_months;
drop table overall_sales;
drop table overall_receipts;
delete from standing_days;
update overall_books set generation = generation + 1;

-- Months and stretches that were added up, and how many lines of all stores they held then. With more lines by now they are out of
-- date. While a month holds, so do its stretches.
create table overall_spans (
    -- `month` or `stretch`.
    span text not null,
    first_day text not null,
    line_count integer not null,
    primary key (span, first_day)
) strict, without rowid;

create table overall_sales (
    span text not null,
    first_day text not null,
    product_id blob not null,
    product_facts_id blob not null,
    quantity_milli integer not null,
    revenue_vnd integer not null,
    primary key (span, first_day, product_id, product_facts_id)
) strict, without rowid;

create table overall_receipts (
    span text not null,
    first_day text not null,
    product_id blob not null,
    receipt_count integer not null,
    primary key (span, first_day, product_id)
) strict, without rowid;
