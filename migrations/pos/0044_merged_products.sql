-- Products that a counter added and that central says are another one of the catalogue. It may say so before the journal that tells
-- of the product is here, on a new computer: so it stands apart from the products.

create table merged_products (
    product_id blob primary key,
    into_id blob not null
) strict, without rowid;
create index merged_products_into on merged_products (into_id);
