-- How often the page of a product or lot was opened, by day: sums alone, nothing about who looked.

create table page_scans (
    day date not null,
    product_id uuid not null references products (id),
    -- The lot's code as a store wrote it; empty for the product's page.
    lot_code text not null,
    scans bigint not null,
    primary key (day, product_id, lot_code)
);

-- The page asks for a product's lots and for the stores that have it.
create index lots_product on lots (product_id, code);
create index stock_product on stock (product_id, store_id, lot_id);
