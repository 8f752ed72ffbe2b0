-- Sales of all stores together, for past months: what the department asks for by default costs then the same whatever the number of
-- stores and sales. A worker makes them from the totals of the stores; ingest only counts.

-- What each store sold in a month, and how many lines made it. That number only grows, so it tells whether sums that were made of a
-- month still hold. Part of the books.
create table sales_months (
    store_id uuid not null,
    -- Its first day.
    month date not null,
    -- Lines of sales and of what came back.
    line_count bigint not null,
    quantity_milli bigint not null,
    revenue_vnd bigint not null,
    primary key (store_id, month)
);
insert into sales_months (store_id, month, line_count, quantity_milli, revenue_vnd)
    select store_id, cast(date_trunc('month', day) as date), count(*), cast(sum(quantity_milli) as bigint), cast(sum(gross_vnd - discount_vnd) as bigint)
    from sale_lines group by 1, 2;

-- Months that were added up, and how many lines of all stores they held then. With more lines by now they are out of date, and the
-- stores' own totals answer.
create table overall_months (
    month date primary key,
    line_count bigint not null
);

-- Which books the months were made of: a rebuild counts on, so that nothing made of the old ones is written afterwards. One row.
create table overall_books (
    generation bigint not null
);
insert into overall_books (generation) values (1);

create table overall_sales (
    month date not null,
    product_id uuid not null,
    product_facts_id uuid not null,
    quantity_milli bigint not null,
    revenue_vnd bigint not null,
    primary key (month, product_id, product_facts_id)
);

create table overall_receipts (
    month date not null,
    product_id uuid not null,
    receipt_count bigint not null,
    primary key (month, product_id)
);

-- What each store sold on a day by what it counted as.
create table standing_days (
    store_id uuid not null,
    day date not null,
    -- Codes with a comma between, the leading one first; empty for none.
    categories text not null,
    -- 0 for none.
    stars bigint not null,
    quantity_milli bigint not null,
    revenue_vnd bigint not null,
    primary key (store_id, day, categories, stars)
);
