-- Books of the department's report: what shifts counted, how consigned goods moved, what was sold under promotions, and when each
-- product was first on a shelf. One row a day (and cause, or promotion), so that a report of a year never reads single sales.

-- What was counted when shifts closed.
create table visitors_daily (
    store_id uuid not null,
    day date not null,
    shift_count bigint not null,
    -- Shifts whose cashier answered how many came.
    answered_count bigint not null,
    visitor_count bigint not null,
    tasting_count bigint not null,
    primary key (store_id, day)
);

-- Producers' goods that came to the shelf or left it, by cause, without a sum of money: what is owed is not the department's business.
create table consigned_daily (
    store_id uuid not null,
    day date not null,
    cause text not null,
    -- To the shelf; negative for away from it.
    quantity_milli bigint not null,
    primary key (store_id, day, cause)
);

-- Sales with a promotion on their lines, as they were sold: what came back names no promotion, and is not taken off here.
create table promoted_daily (
    store_id uuid not null,
    day date not null,
    promotion_id uuid not null,
    quantity_milli bigint not null,
    revenue_vnd bigint not null,
    -- What the promotion took off.
    off_vnd bigint not null,
    line_count bigint not null,
    primary key (store_id, day, promotion_id)
);

-- The first day on which a product came to the store's shelf, or left it.
create table first_days (
    store_id uuid not null,
    product_id uuid not null,
    day date not null,
    primary key (store_id, product_id)
);

insert into refold (reason) select 'report_books' where exists (select 1 from entries);

-- The report asks for days of all stores.
create index visitors_daily_day on visitors_daily (day);
create index consigned_daily_day on consigned_daily (day);
create index promoted_daily_day on promoted_daily (day);
