-- Promotions of an operator for its stores, or for one of them. A promotion is never changed: it is ended, and another
-- one made, so that a sale names what it was given.
create table promotions (
    id uuid primary key,
    operator_id uuid not null references operators (id),
    -- None for all stores of the operator.
    store_id uuid references stores (id),
    name text not null,
    -- What it does to the price, as stores are told: {"percent":100000}.
    offer text not null,
    first_day date not null,
    last_day date not null,
    -- Minutes of the day, the first included, the last not; both or none.
    from_minute bigint,
    to_minute bigint,
    is_ended boolean not null
);
create index promotions_operator on promotions (operator_id, id);

create table promotion_products (
    promotion_id uuid not null references promotions (id),
    product_id uuid not null references products (id),
    primary key (promotion_id, product_id)
);
