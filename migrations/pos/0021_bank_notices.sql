-- What central told of money at the bank, by the sale whose reference the transfer carries; also of sales that were never
-- made, when a buyer paid and the cart was cleared. No projection: lost with a copy, it is asked for again.
create table bank_notices (
    sale_id blob not null,
    -- The provider's own number.
    notice text not null,
    amount_vnd integer not null,
    -- When the bank booked it.
    booked_at_ms integer not null,
    heard_at_ms integer not null,
    primary key (sale_id, notice)
) strict, without rowid;
