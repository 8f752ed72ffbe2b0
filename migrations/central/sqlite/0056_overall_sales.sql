-- Sales of all stores together, for past months: what the department asks for by default costs then the same whatever the number of
-- stores and sales. A worker makes them from the totals of the stores; ingest only counts.

-- What each store sold in a month, and how many lines made it. That number only grows, so it tells whether sums that were made of a
-- month still hold. Part of the books.
create table sales_months (
    store_id blob not null,
    -- Its first day.
    month text not null,
    -- Lines of sales and of what came back.
    line_count integer not null,
    quantity_milli integer not null,
    revenue_vnd integer not null,
    primary key (store_id, month)
) strict, without rowid;
insert into sales_months (store_id, month, line_count, quantity_milli, revenue_vnd)
    select store_id, substr(day, 1, 8) || '01', count(*), sum(quantity_milli), sum(gross_vnd - discount_vnd)
    from sale_lines group by 1, 2;

-- Months that were added up, and how many lines of all stores they held then. With more lines by now they are out of date, and the
-- stores' own totals answer.
create table overall_months (
    month text primary key,
    line_count integer not null
) strict, without rowid;

-- Which books the months were made of: a rebuild counts on, so that nothing made of the old ones is written afterwards. One row.
create table overall_books (
    generation integer not null
) strict;
insert into overall_books (generation) values (1);

create table overall_sales (
    month text not null,
    product_id blob not null,
    product_facts_id blob not null,
    quantity_milli integer not null,
    revenue_vnd integer not null,
    primary key (month, product_id, product_facts_id)
) strict, without rowid;

create table overall_receipts (
    month text not null,
    product_id blob not null,
    receipt_count integer not null,
    primary key (month, product_id)
) strict, without rowid;

-- What each store sold on a day by what it counted as.
create table standing_days (
    store_id blob not null,
    day text not null,
    -- Codes with a comma between, the leading one first; empty for none.
    categories text not null,
    -- 0 for none.
    stars integer not null,
    quantity_milli integer not null,
    revenue_vnd integer not null,
    primary key (store_id, day, categories, stars)
) strict, without rowid;
