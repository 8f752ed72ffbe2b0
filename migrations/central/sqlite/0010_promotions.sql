-- Promotions of an operator for its stores, or for one of them. A promotion is never changed: it is ended, and another
-- one made, so that a sale names what it was given.
create table promotions (
    id blob primary key,
    operator_id blob not null references operators (id),
    -- None for all stores of the operator.
    store_id blob references stores (id),
    name text not null,
    -- What it does to the price, as stores are told: {"percent":100000}.
    offer text not null,
    first_day text not null,
    last_day text not null,
    -- Minutes of the day, the first included, the last not; both or none.
    from_minute integer,
    to_minute integer,
    is_ended integer not null check (is_ended in (0, 1))
) strict, without rowid;
create index promotions_operator on promotions (operator_id, id);

create table promotion_products (
    promotion_id blob not null references promotions (id),
    product_id blob not null references products (id),
    primary key (promotion_id, product_id)
) strict, without rowid;
