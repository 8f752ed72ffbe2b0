-- Combos: goods that are sold together under one code and price. The combo itself is a row of products, without group, producer
-- or facts; these are its goods. What is sold of it is told part by part, so no figure counts a combo.
create table combo_parts (
    combo_id uuid not null references products (id),
    -- From 0, in the order in which papers name them.
    position bigint not null,
    product_id uuid not null references products (id),
    -- Thousandths of the product's unit in one combo.
    quantity_milli bigint not null check (quantity_milli > 0),
    primary key (combo_id, position)
);
create index combo_parts_by_product on combo_parts (product_id);
