-- Promotions of the operator, as the catalogue tells them. Which products one is for stands in a table of its own: a cart
-- asks for those of its own products and reads no others.
create table promotions (
    promotion_id blob primary key,
    name text not null,
    -- What it does to the price, as the catalogue spells it: {"percent":100000}.
    offer text not null,
    first_day text not null,
    last_day text not null,
    -- Minutes of the day, the first included, the last not; both or none.
    from_minute integer,
    to_minute integer,
    check ((from_minute is null) = (to_minute is null))
) strict, without rowid;

create table promotion_products (
    product_id blob not null,
    promotion_id blob not null,
    primary key (product_id, promotion_id)
) strict, without rowid;
create index promotion_products_by_promotion on promotion_products (promotion_id);
