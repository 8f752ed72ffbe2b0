-- Sales that were written by hand while the till could not sell, and entered afterwards.

-- What the pad says of the cart that is being entered, as JSON (pos::db::carts::stored); null for a sale at the till.
alter table carts add column pad text;

-- A projection: what the pad said of a sale. Its money and its goods stand in `sales` and the books like any other's.
create table pad_sales (
    sale_id blob primary key,
    -- When the goods were handed over, as written down.
    claimed_at_ms integer not null,
    -- The day that it counts on; `sales` has that of the shift in which it was entered.
    day text not null,
    -- Its lines on the pad.
    first_line integer not null,
    last_line integer not null,
    -- Goods were handed over that may not be sold any more.
    past_date integer not null check (past_date in (0, 1))
) strict, without rowid;

-- A sale that is entered is compared with those of the same amount at about the same time, and with those of the same
-- lines of the pad.
create index pad_sales_by_line on pad_sales (first_line);
create index pad_sales_by_day on pad_sales (day);
create index pad_sales_by_claim on pad_sales (claimed_at_ms);
create index sales_by_amount on sales (payable_vnd, sold_at_ms);

-- Pages of the pad that were made, each a paper of `slips`: no number of a line is given twice, until all are.
create table pads (
    page_no integer primary key,
    slip_id blob not null unique,
    first_line integer not null,
    last_line integer not null
) strict;
